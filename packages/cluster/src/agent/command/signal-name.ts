// Signals in the words of the C library's `strsignal`, which Mesos shows to frameworks.

const NAMES: readonly string[] = [
  "Unknown signal 0",
  "Hangup",
  "Interrupt",
  "Quit",
  "Illegal instruction",
  "Trace/breakpoint trap",
  "Aborted",
  "Bus error",
  "Floating point exception",
  "Killed",
  "User defined signal 1",
  "Segmentation fault",
  "User defined signal 2",
  "Broken pipe",
  "Alarm clock",
  "Terminated",
  "Stack fault",
  "Child exited",
  "Continued",
  "Stopped (signal)",
  "Stopped",
  "Stopped (tty input)",
  "Stopped (tty output)",
  "Urgent I/O condition",
  "CPU time limit exceeded",
  "File size limit exceeded",
  "Virtual timer expired",
  "Profiling timer expired",
  "Window changed",
  "I/O possible",
  "Power failure",
  "Bad system call",
];

/** The first real-time signal that programs see. */
const FIRST_REAL_TIME = 34;

/** The name of a Linux signal by its number. */
export function signalName(signal: number): string {
  const real = signal >= FIRST_REAL_TIME && signal <= 64;
  return (
    NAMES[signal] ?? (real ? `Real-time signal ${signal - FIRST_REAL_TIME}` : `Unknown signal ${signal}`)
  );
}
