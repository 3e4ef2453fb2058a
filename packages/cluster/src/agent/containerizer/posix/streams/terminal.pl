# Runs a command in a pseudo terminal and passes on what is typed and printed. Node cannot hold a terminal without waiting in
# its reads and writes; perl is part of every Debian, and a terminal is rare enough to start it.
#   perl terminal.pl probe
#   perl terminal.pl run ROWS COLUMNS EXECUTABLE ARGV0 [ARG...]
# stdin: frames of a letter, a length in 4 bytes (big-endian) and that many bytes: "D" what is typed, "S" a new size, rows and
# columns in 2 bytes each. stdout: what is printed. Ends as the command ends, by the same code or signal. Its own end hangs up.
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
  MOST => 65536,                    # what is held in each direction before the other end waits
};

my ($what, $rows, $columns, $executable, @arguments) = @ARGV;
exit 0 if $what eq "probe";

sub fail { print STDERR "Failed to set up the terminal: $_[0]: $!\n"; POSIX::_exit(1) }
sub resize { ioctl($_[0], SIZE, pack("S4", $_[1], $_[2], 0, 0)) }

# Signals are for the command, which gets them too.
my @ignored = qw(HUP INT QUIT TERM USR1 USR2 ALRM TSTP TTIN TTOU PIPE);
$SIG{$_} = "IGNORE" for @ignored;
$SIG{CHLD} = sub { }; # wakes the loop
sysopen(my $master, "/dev/ptmx", MASTER) or fail("/dev/ptmx");
my $unlocked = pack("i", 0);
ioctl($master, UNLOCK, $unlocked) or fail("unlock");
my $other = ioctl($master, PEER, OTHER) // fail("other side");
$other += 0;
open(my $terminal, "+<&=", $other) or fail("other side");
resize($terminal, $rows, $columns) or fail("window size") if $rows && $columns;
my $pid = fork() // fail("fork");
if ($pid == 0) {
  POSIX::setsid();
  ioctl($terminal, CONTROL, 0) or fail("controlling terminal");
  open(my $errors, ">&", \*STDERR) or fail("stderr");
  POSIX::dup2($other, $_) // fail("streams") for 0 .. 2;
  $SIG{$_} = "DEFAULT" for @ignored;
  no warnings "exec";
  exec { $executable } @arguments;
  exec { "/bin/sh" } "/bin/sh", $executable, @arguments[1 .. $#arguments] if $!{ENOEXEC};
  print $errors "Failed to execute '$executable': $!\n";
  POSIX::_exit(1);
}
close $terminal;

my ($frames, $typed, $printed, $input, $output, $status) = ("", "", "", 1, 1, undef);
while (1) {
  take_frames();
  my ($reads, $writes) = ("", "");
  vec($reads, fileno(STDIN), 1) = 1 if $input && length($frames) < MOST && length($typed) < MOST;
  vec($reads, fileno($master), 1) = 1 if $output && length($printed) < MOST;
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
    my $read = sysread($master, $printed, MOST, length $printed);
    $idle = 0 if $read || $!{EAGAIN};
    $output = 0 if !$read && !$!{EAGAIN};
  }
  if ($output && vec($writes, fileno($master), 1)) {
    my $written = syswrite($master, $typed, 4096);
    $typed = substr($typed, $written) if $written;
  }
  if (!defined $status && waitpid($pid, POSIX::WNOHANG()) == $pid) { $status = $? }
  elsif (defined $status && $idle && $printed eq "") { last }
}

# A size is set when everything typed before it was taken.
sub take_frames {
  while (length($frames) >= 5) {
    my ($kind, $length) = unpack("a N", $frames);
    return if length($frames) < 5 + $length;
    return if $kind eq "S" && $typed ne "";
    my $frame = substr($frames, 5, $length);
    $frames = substr($frames, 5 + $length);
    if ($kind eq "S") { resize($master, unpack("n n", $frame)) } else { $typed .= $frame }
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
