// Where a master or agent logs to, as its `/state` tells it beside the flags.

/** Those of `--log_dir` and `--external_log_file` that were given. */
export function logFlags(flags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(flags).filter(([name]) => name === "log_dir" || name === "external_log_file"),
  );
}
