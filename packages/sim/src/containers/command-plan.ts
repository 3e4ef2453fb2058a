// What a simulated command does: its text says it, as a shell command would.

/** `run 1500 exit 3`: ends by itself after 1.5 s. `stubborn` ignores SIGTERM, `broken` cannot be started. */
export interface CommandPlan {
  readonly durationMs: number;
  readonly exitCode: number;
  readonly stubborn: boolean;
  readonly broken: boolean;
}

/** The text that `parseCommand` reads. */
export function formatCommand({ durationMs, exitCode, stubborn, broken }: CommandPlan): string {
  const flags = `${stubborn ? " stubborn" : ""}${broken ? " broken" : ""}`;
  return `run ${durationMs} exit ${exitCode}${flags}`;
}

/** The plan in a command's text; throws for any other text. */
export function parseCommand(text: string): CommandPlan {
  const match = /^run (\d+) exit (\d+)( stubborn)?( broken)?$/.exec(text);
  if (match === null) throw new Error(`Cannot simulate the command '${text}'`);
  return {
    durationMs: Number(match[1]),
    exitCode: Number(match[2]),
    stubborn: match[3] !== undefined,
    broken: match[4] !== undefined,
  };
}

/** The command of a custom executor. */
export const EXECUTOR_COMMAND = "executor";
