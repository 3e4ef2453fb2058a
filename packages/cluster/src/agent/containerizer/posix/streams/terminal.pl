# What Node cannot ask of a terminal. Perl is part of every Debian, and a terminal is rare enough to start it.
#   perl terminal.pl probe
#   perl terminal.pl run ROWS COLUMNS EXECUTABLE ARGV0 [ARG...]   stdin: the master side of a pseudo terminal
#   perl terminal.pl resize ROWS COLUMNS                          stdin: the same
# `run` leads a session already, takes the terminal's other side as its own and becomes the program. Sizes of 0 are unknown.
use strict;
use warnings;
use POSIX ();

use constant {
  UNLOCK => 0x40045431, # TIOCSPTLCK
  PEER => 0x5441,       # TIOCGPTPEER: needs no name and no right to one, so it works for every user
  CONTROL => 0x540E,    # TIOCSCTTY
  SIZE => 0x5414,       # TIOCSWINSZ
  OPEN => 02 | 02000000, # O_RDWR | O_CLOEXEC
};

my ($what, $rows, $columns, $executable, @arguments) = @ARGV;
exit 0 if $what eq "probe";

sub fail { print STDERR "Failed to set up the terminal: $_[0]: $!\n"; POSIX::_exit(1) }
sub resize { ioctl($_[0], SIZE, pack("S4", $rows, $columns, 0, 0)) or fail("window size") }

if ($what eq "resize") {
  resize(\*STDIN);
  exit 0;
}

my $unlocked = pack("i", 0);
ioctl(STDIN, UNLOCK, $unlocked) or fail("unlock");
my $peer = ioctl(STDIN, PEER, OPEN);
fail("other side") if !defined $peer;
$peer += 0;
open(my $terminal, "+<&=", $peer) or fail("other side");
ioctl($terminal, CONTROL, 0) or fail("controlling terminal");
resize($terminal) if $rows && $columns;
open(my $errors, ">&", \*STDERR) or fail("stderr");
POSIX::dup2($peer, $_) // fail("streams") for 0 .. 2;
no warnings "exec";
exec { $executable } @arguments;
exec { "/bin/sh" } "/bin/sh", $executable, @arguments[1 .. $#arguments] if $!{ENOEXEC};
print $errors "Failed to execute '$executable': $!\n";
POSIX::_exit(1);
