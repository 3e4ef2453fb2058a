// Node's errors about listening, in words that say what to do.

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

/** An error that says why `address` cannot be listened on; other errors pass through. */
export function explainListenError(error: unknown, address: { ip: string; port: number }): unknown {
  const where = `${address.ip}:${address.port}`;
  const explain = (why: string): Error => new Error(`Cannot listen on ${where}: ${why}`, { cause: error });
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return explain(
        `address already in use. Another process has this port; stop it or choose another --port.`,
      );
    case "EADDRNOTAVAIL":
      return explain(`this machine has no such address. Choose one of its own with --ip.`);
    case "EACCES":
      return explain(`permission denied. Ports below 1024 need root; choose a --port above.`);
    default:
      return error;
  }
}
