# Runs a command in a pseudo terminal and passes on what is typed and printed. Node cannot hold a terminal without waiting in
# its reads and writes; perl is part of every Debian, and a terminal is rare enough to start it.
#   perl terminal.pl probe
#   perl terminal.pl run|keep ROWS COLUMNS EXECUTABLE ARGV0 [ARG...]
#   perl terminal.pl join SOCKET CONTROL
# stdin: frames of a letter, a length in 4 bytes (big-endian) and that many bytes: "D" what is typed, "S" a new size, rows and
# columns in 2 bytes each. stdout: what is printed. Ends as the command ends, by the same code or signal. Its own end hangs up.
# "keep": stderr gets what is printed too, and stdin and stdout are pipes with names, whose other ends may go and come again.
# Since nothing is lost that way, a reader of stdout that does not keep up misses all but the latest.
# "join": the same for a terminal that conmon holds: packets of what is printed after a byte that does not matter here, sizes as
# "1 ROWS COLUMNS" to its control pipe. Writes a line to descriptor 3 once it is connected; ends when conmon does.
use strict;
use warnings;
use POSIX ();

use constant {
  UNLOCK => 0x40045431,             # TIOCSPTLCK
  PEER => 0x5441,                   # TIOCGPTPEER: the other side, by no name
  CONTROL => 0x540E,                # TIOCSCTTY
  SIZE => 0x5414,                   # TIOCSWINSZ
  MASTER => 02 | 0400 | 04000 | 02000000, # O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC
  OTHER => 02 | 0400 | 02000000,            # O_RDWR | O_NOCTTY | O_CLOEXEC
  SET_FLAGS => 4,                   # F_SETFL
  MOST => 65536,                    # what is held in each direction before the other end waits, or misses some
  PATIENCE => 1,                    # seconds that the end waits for a reader who may miss something
  TICKS => POSIX::sysconf(POSIX::_SC_CLK_TCK()),
};

my $what = shift @ARGV;
exit 0 if $what eq "probe";
my $joins = $what eq "join";
my $copies = $what ne "run";
my ($master, $control, $pid);

sub fail { print STDERR "Failed to set up the terminal: $_[0]: $!\n"; POSIX::_exit(1) }

sub resize {
  my ($rows, $columns) = @_;
  return syswrite($control, "1 $rows $columns\n") if $joins;
  return ioctl($master, SIZE, pack("S4", $rows, $columns, 0, 0));
}

# Signals are for the command, which gets them too.
my @ignored = qw(HUP INT QUIT TERM USR1 USR2 ALRM TSTP TTIN TTOU PIPE);
$SIG{$_} = "IGNORE" for @ignored;
$SIG{CHLD} = sub { }; # wakes the loop
if ($joins) { join_terminal(@ARGV) } else { make_terminal(@ARGV) }

my ($frames, $typed, $printed, $input, $output, $status, $ended) = ("", "", "", 1, 1, undef, undef);
while (1) {
  take_frames();
  my ($reads, $writes) = ("", "");
  vec($reads, fileno(STDIN), 1) = 1 if $input && length($frames) < MOST && length($typed) < MOST;
  vec($reads, fileno($master), 1) = 1 if $output && ($copies || length($printed) < MOST);
  vec($writes, fileno($master), 1) = 1 if $output && $typed ne "";
  vec($writes, fileno(STDOUT), 1) = 1 if $printed ne "";
  # Looked at again after an instant: a command may end while others keep the terminal open, and just before the wait.
  my $ready = select($reads, $writes, undef, defined $status ? 0.02 : 1);
  ($reads, $writes) = ("", "") if $ready < 0;
  if (vec($reads, fileno(STDIN), 1)) {
    my $read = sysread(STDIN, $frames, MOST, length $frames);
    $input = 0 if !$read;
  }
  if (vec($writes, fileno(STDOUT), 1)) {
    # As much as a pipe surely has room for.
    my $written = syswrite(STDOUT, $printed, 4096);
    $printed = defined $written ? substr($printed, $written) : "";
  }
  my $idle = 1;
  if (vec($reads, fileno($master), 1)) {
    my $read = sysread($master, my $chunk, MOST);
    my $later = !defined $read && $!{EAGAIN};
    $chunk = substr($chunk, 1) if $read && $joins;
    $printed .= $chunk if $read;
    # The latest is what a screen shows.
    $printed = substr($printed, -MOST) if $copies && length($printed) > MOST;
    # A full disk takes the copy, not the terminal.
    syswrite(STDERR, $chunk) if $read && $copies;
    $idle = 0 if $read || $later;
    $output = 0 if !$read && !$later;
  }
  if ($output && vec($writes, fileno($master), 1)) {
    my $written = syswrite($master, $typed, 4096);
    $typed = substr($typed, $written) if $written;
  }
  if (defined $status) {
    $ended //= seconds();
    last if $idle && ($printed eq "" || $copies && seconds() - $ended >= PATIENCE);
  }
  elsif ($joins) { $status = 0 if !$output }
  elsif (waitpid($pid, POSIX::WNOHANG()) == $pid) { $status = $? }
}

# By a clock that nobody sets.
sub seconds { return (POSIX::times())[0] / TICKS }

sub make_terminal {
  my ($rows, $columns, $executable, @arguments) = @_;
  sysopen($master, "/dev/ptmx", MASTER) or fail("/dev/ptmx");
  my $unlocked = pack("i", 0);
  ioctl($master, UNLOCK, $unlocked) or fail("unlock");
  my $other = ioctl($master, PEER, OTHER) // fail("other side");
  $other += 0;
  open(my $terminal, "+<&=", $other) or fail("other side");
  resize($rows, $columns) or fail("window size") if $rows && $columns;
  $pid = fork() // fail("fork");
  if ($pid == 0) {
    POSIX::setsid();
    ioctl($terminal, CONTROL, 0) or fail("controlling terminal");
    open(my $errors, ">&", \*STDERR) or fail("stderr");
    POSIX::dup2($other, $_) // fail("streams") for 0 .. 2;
    $SIG{$_} = "DEFAULT" for @ignored;
    no warnings "exec";
    exec { $executable } @arguments;
    exec { "/bin/sh" } "/bin/sh", $executable, @arguments[1 .. $#arguments] if $!{ENOEXEC};
    syswrite $errors, "Failed to execute '$executable': $!\n";
    POSIX::_exit(1);
  }
  close $terminal;
}

sub join_terminal {
  my ($path, $sizes) = @_;
  require Socket;
  socket($master, Socket::AF_UNIX(), Socket::SOCK_SEQPACKET(), 0) or fail("socket");
  connect($master, Socket::pack_sockaddr_un($path)) or fail($path);
  fcntl($master, SET_FLAGS, MASTER) or fail("socket");
  sysopen($control, $sizes, MASTER) or fail($sizes);
  open(my $agent, ">&=", 3) or fail("agent");
  syswrite($agent, "\n");
  close $agent;
}

# A size is set when everything typed before it was taken.
sub take_frames {
  while (length($frames) >= 5) {
    my ($kind, $length) = unpack("a N", $frames);
    return if length($frames) < 5 + $length;
    return if $kind eq "S" && $typed ne "";
    my $frame = substr($frames, 5, $length);
    $frames = substr($frames, 5 + $length);
    if ($kind eq "S") { resize(unpack("n n", $frame)) } else { $typed .= $frame }
  }
}

close $master;
my $signal = $status & 127;
if ($signal) {
  my ($name) = grep { POSIX->can("SIG$_") && POSIX->can("SIG$_")->() == $signal } qw(HUP INT QUIT TERM USR1 USR2 ALRM);
  $SIG{$name} = "DEFAULT" if $name;
  kill $signal, $$;
  POSIX::sigsuspend(POSIX::SigSet->new) if $signal == 9;
}
POSIX::_exit($signal ? 128 + $signal : $status >> 8);
