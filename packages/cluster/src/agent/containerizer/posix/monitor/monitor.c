/* The monitor of one container: starts the command, waits for it, records its wait status, kills what it left behind.
 *
 *   mezzo-monitor detached|tied RUNTIME_DIR UID|- GID GROUPS EXECUTABLE ARGV0 [ARG...]
 *
 * It must outlive the agent and be small, so it stands on system calls alone: no C library, no heap, no configuration.
 *
 *   fd 0, 1, 2   those of the command (the monitor closes its own after the fork)
 *   fd 3         a pipe to the agent: "<pid of the command>\n" once it is forked; end of file when the monitor ends.
 *                The agent may be gone: a broken pipe is ignored.
 *   environment, working directory, umask, limits: inherited, passed on as they are.
 *
 *   tied         SIGTERM arrives when the agent ends, however that happens
 *   SIGTERM      kills everything in the container; other signals but SIGKILL and SIGSTOP are ignored
 *
 *   RUNTIME_DIR/pid      "<pid of the monitor> <pid of the command>\n"
 *   RUNTIME_DIR/status   the wait status of waitpid(2) in decimal and a newline, renamed into place
 *
 *   mezzo-monitor init|init-tied EXECUTABLE ARGV0 [ARG...]
 *
 * The same as the first process of a container that something else watches: it writes nothing down, becomes nobody, and ends
 * with the exit code of the command, or with 128 and the signal's number. A terminal that it has becomes the command's.
 *
 * The command leads a session and a process group of its own. As a "child subreaper" the monitor inherits every
 * descendant that loses its parent, also one that left the session, so that none survives the command.
 */

typedef unsigned long word;

#if defined(__x86_64__)
enum { READ = 0, WRITE = 1, CLOSE = 3, SIGPROCMASK = 14, SIGTIMEDWAIT = 128, GETPID = 39, CLONE = 56, EXECVE = 59, WAIT4 = 61, KILL = 62,
       CHDIR = 80, IOCTL = 16, SETSID = 112, SETGROUPS = 116, SETRESUID = 117, SETRESGID = 119, PRCTL = 157, EXIT = 231,
       OPENAT = 257, RENAMEAT = 264 };
__asm__(".globl _start\n_start:\n  xor %ebp, %ebp\n  mov %rsp, %rdi\n  and $-16, %rsp\n  call monitor\n");
static long call(long n, word a, word b, word c, word d) {
  long r;
  register word r10 __asm__("r10") = d;
  register word r8 __asm__("r8") = 0;
  __asm__ volatile("syscall" : "=a"(r) : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8) : "rcx", "r11", "memory");
  return r;
}
#elif defined(__aarch64__)
enum { READ = 63, WRITE = 64, CLOSE = 57, SIGPROCMASK = 135, SIGTIMEDWAIT = 137, GETPID = 172, CLONE = 220, EXECVE = 221, WAIT4 = 260,
       KILL = 129, CHDIR = 49, IOCTL = 29, SETSID = 157, SETGROUPS = 159, SETRESUID = 147, SETRESGID = 149, PRCTL = 167, EXIT = 94,
       OPENAT = 56, RENAMEAT = 38 };
__asm__(".globl _start\n_start:\n  mov x29, #0\n  mov x0, sp\n  bl monitor\n");
static long call(long n, word a, word b, word c, word d) {
  register long x8 __asm__("x8") = n;
  register word x0 __asm__("x0") = a;
  register word x1 __asm__("x1") = b;
  register word x2 __asm__("x2") = c;
  register word x3 __asm__("x3") = d;
  register word x4 __asm__("x4") = 0;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");
  return x0;
}
#else
#error "No system call numbers for this machine: use the perl monitor"
#endif

/* Values that are the same on both machines. */
enum { AGENT = 3, HERE = -100, READ_ONLY = 0, CREATE = 01101 /* WRONLY|CREAT|TRUNC */, CLOEXEC = 02000000,
       SIG_KILL = 9, SIG_TERM = 15, SIG_CHLD = 17, SET_MASK = 2, NO_HANG = 1, SET_PARENT_DEATH_SIGNAL = 1,
       SET_CHILD_SUBREAPER = 36, TAKE_TERMINAL = 0x540E, LEAVE_TERMINAL = 0x5422, MOST_GROUPS = 256,
       ENOENT = 2, E2BIG = 7, ENOEXEC = 8, EACCES = 13, ENOTDIR = 20, EISDIR = 21 };

static word length(const char *s) { word n = 0; while (s[n]) n++; return n; }
static void print(int fd, const char *s) { call(WRITE, fd, (word)s, length(s), 0); }

static void print_number(int fd, word n) {
  char digits[21];
  int i = 20;
  digits[20] = 0;
  do digits[--i] = '0' + n % 10; while (n /= 10);
  print(fd, digits + i);
}

/* Reads digits, leaves `*s` behind them. */
static word number(const char **s) {
  word n = 0;
  while (**s >= '0' && **s <= '9') n = n * 10 + (*(*s)++ - '0');
  return n;
}

static const char *reason(long error) {
  switch (error) {
    case ENOENT: return "No such file or directory";
    case E2BIG: return "Argument list too long";
    case EACCES: return "Permission denied";
    case ENOTDIR: return "Not a directory";
    case EISDIR: return "Is a directory";
    default: return 0;
  }
}

static void fail(const char *what, const char *name, long error) {
  print(2, what);
  print(2, name);
  print(2, *name ? "': " : ": ");
  if (reason(error)) print(2, reason(error));
  else { print(2, "errno "); print_number(2, error); }
  print(2, "\n");
  call(EXIT, 1, 0, 0, 0);
}

static void become(char **argv) {
  const char *uid_text = argv[3], *gid_text = argv[4], *s = argv[5];
  if (*uid_text == '-') return;
  unsigned groups[MOST_GROUPS];
  word count = 0, uid = number(&uid_text), gid = number(&gid_text);
  while (*s >= '0' && *s <= '9' && count < MOST_GROUPS) { groups[count++] = number(&s); if (*s == ',') s++; }
  long r;
  if ((r = call(SETRESGID, gid, gid, gid, 0)) < 0) fail("Failed to set gid", "", -r);
  if ((r = call(SETGROUPS, count, (word)groups, 0, 0)) < 0) fail("Failed to set supplementary gids", "", -r);
  if ((r = call(SETRESUID, uid, uid, uid, 0)) < 0) fail("Failed to set uid", "", -r);
}

/* `command` is the executable, then its argument vector. */
static void run(char **command, char **environment) {
  word none = 0;
  call(SIGPROCMASK, SET_MASK, (word)&none, 0, 8);
  char *executable = command[0];
  long r = call(EXECVE, (word)executable, (word)(command + 1), (word)environment, 0);
  if (r == -ENOEXEC) { /* a script without a first line that names its interpreter */
    command[0] = "/bin/sh";
    command[1] = executable;
    r = call(EXECVE, (word)command[0], (word)command, (word)environment, 0);
  }
  fail("Failed to execute '", executable, -r);
}

/* Kills every child, those adopted included, until none is left. */
static void kill_the_rest(void) {
  char text[4096];
  while (call(WAIT4, -1, 0, NO_HANG, 0) >= 0) {
    long fd = call(OPENAT, HERE, (word)"/proc/thread-self/children", READ_ONLY | CLOEXEC, 0), killed = 0;
    if (fd < 0) return; /* no such file in this kernel: the agent finds them itself */
    long n = call(READ, fd, (word)text, sizeof text - 1, 0);
    call(CLOSE, fd, 0, 0, 0);
    if (n < 0) return;
    /* A full buffer may end within a number: that one is left for the next round. */
    while (n == sizeof text - 1 && n > 0 && text[n - 1] != ' ') n--;
    text[n] = 0;
    for (const char *s = text; *s; s += *s == ' ') {
      if (*s < '0' || *s > '9') return;
      if (call(KILL, number(&s), SIG_KILL, 0, 0) == 0) killed++;
    }
    if (killed == 0) return; /* nothing that may be killed */
    call(WAIT4, -1, 0, 0, 0);
  }
}

/* Waits for the command; a SIGTERM meanwhile kills it. */
static int wait_for(long pid) {
  word awaited = 1ul << (SIG_CHLD - 1) | 1ul << (SIG_TERM - 1);
  int status = 0;
  for (;;) {
    if (call(SIGTIMEDWAIT, (word)&awaited, 0, 0, 8) == SIG_TERM) call(KILL, pid, SIG_KILL, 0, 0);
    for (long ended; (ended = call(WAIT4, -1, (word)&status, NO_HANG, 0)) > 0; ) if (ended == pid) return status;
  }
}

static void begin(int tied) {
  word everything = ~0ul;
  call(SIGPROCMASK, SET_MASK, (word)&everything, 0, 8);
  call(PRCTL, SET_CHILD_SUBREAPER, 1, 0, 0);
  if (tied) call(PRCTL, SET_PARENT_DEATH_SIGNAL, SIG_TERM, 0, 0);
}

/* Forks; the child leads a session of its own. */
static long begin_command(void) {
  long pid = call(CLONE, SIG_CHLD, 0, 0, 0);
  if (pid < 0) fail("Failed to fork", "", -pid);
  if (pid == 0) call(SETSID, 0, 0, 0, 0);
  return pid;
}

static void let_go(void) {
  for (int fd = 0; fd < 3; fd++) call(CLOSE, fd, 0, 0, 0);
  call(CHDIR, (word)"/", 0, 0, 0);
}

static void init(char **argv, char **environment) {
  begin(argv[1][4] == '-');
  /* A terminal belongs to the one session that took it. Where there is none, both calls fail. */
  call(IOCTL, 0, LEAVE_TERMINAL, 0, 0);
  long pid = begin_command();
  if (pid == 0) {
    call(IOCTL, 0, TAKE_TERMINAL, 0, 0);
    run(argv + 2, environment);
  }
  let_go();
  int status = wait_for(pid);
  kill_the_rest();
  call(EXIT, status & 0x7f ? 128 + (status & 0x7f) : status >> 8 & 0xff, 0, 0, 0);
}

/* The source that this was compiled from: a test compares it. */
__attribute__((used, section(".rodata"))) static const char source[] = "source " SOURCE;

__attribute__((used)) void monitor(word *stack) {
  word argc = stack[0];
  char **argv = (char **)(stack + 1), **environment = argv + argc + 1;
  if (argc >= 4 && *argv[1] == 'i') init(argv, environment);
  if (argc < 8) {
    print(2, "usage: mezzo-monitor detached|tied RUNTIME_DIR UID|- GID GROUPS EXECUTABLE ARGV0 [ARG...]\n"
             "       mezzo-monitor init|init-tied EXECUTABLE ARGV0 [ARG...]\n");
    call(EXIT, argc == 1 ? 0 : 2, 0, 0, 0);
  }
  begin(*argv[1] == 't');
  long directory = call(OPENAT, HERE, (word)argv[2], READ_ONLY | CLOEXEC, 0);
  if (directory < 0) fail("Failed to open '", argv[2], -directory);
  long pid = begin_command();
  if (pid == 0) {
    call(CLOSE, AGENT, 0, 0, 0);
    become(argv);
    run(argv + 6, environment);
  }
  let_go();
  long file = call(OPENAT, directory, (word)"pid", CREATE | CLOEXEC, 0644);
  print_number(file, call(GETPID, 0, 0, 0, 0));
  print(file, " ");
  print_number(file, pid);
  print(file, "\n");
  call(CLOSE, file, 0, 0, 0);
  print_number(AGENT, pid);
  print(AGENT, "\n");

  int status = wait_for(pid);
  file = call(OPENAT, directory, (word)"status.tmp", CREATE | CLOEXEC, 0644);
  print_number(file, (unsigned)status);
  print(file, "\n");
  call(CLOSE, file, 0, 0, 0);
  call(RENAMEAT, directory, (word)"status.tmp", directory, (word)"status");
  kill_the_rest();
  call(EXIT, 0, 0, 0, 0);
}
