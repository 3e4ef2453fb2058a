# The monitor of one container for machines without the compiled one: monitor.c in perl, same arguments, same files.
#   perl monitor.pl detached|tied RUNTIME_DIR UID|- GID GROUPS EXECUTABLE ARGV0 [ARG...]
# Larger (about 7 MB, most of it shared) and without "tied" and "child subreaper": the agent looks for the rest itself.
use strict;
use warnings;
use POSIX ();

my (undef, $directory, $uid, $gid, $groups, $executable, @arguments) = @ARGV;
exit(@ARGV ? 2 : 0) if !@arguments;

my $killed = 0;
my @ignored = qw(HUP INT QUIT PIPE USR1 USR2 ALRM TSTP TTIN TTOU);
my $pid;
$SIG{TERM} = sub { $killed = 1; kill "KILL", $pid if $pid };
$SIG{$_} = "IGNORE" for @ignored;
$^F = 2; # descriptors above stderr are closed by exec, the agent's among them

sub fail { print STDERR "$_[0]: $!\n"; POSIX::_exit(1) }

$pid = fork();
fail("Failed to fork") if !defined $pid;
if ($pid == 0) {
  POSIX::close(3);
  POSIX::setsid();
  if ($uid ne "-") {
    $) = join " ", $gid, split /,/, $groups;
    $( = $gid;
    fail("Failed to set gid") if $( != $gid;
    POSIX::setuid($uid) or fail("Failed to set uid");
  }
  $SIG{$_} = "DEFAULT" for "TERM", @ignored;
  no warnings "exec";
  exec { $executable } @arguments;
  exec { "/bin/sh" } "/bin/sh", $executable, @arguments[1 .. $#arguments] if $!{ENOEXEC};
  fail("Failed to execute '$executable'");
}
kill "KILL", $pid if $killed;

sub record {
  my ($name, $text) = @_;
  open my $file, ">", "$directory/$name.tmp" or return;
  print $file $text;
  close $file;
  rename "$directory/$name.tmp", "$directory/$name";
}

record("pid", "$$ $pid\n");
POSIX::write(3, "$pid\n", length "$pid\n");
POSIX::close($_) for 0 .. 2;
chdir "/";
1 while waitpid($pid, 0) != $pid;
record("status", "$?\n");
