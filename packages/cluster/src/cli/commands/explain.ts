// `mezzo explain`: why a framework waits, agent by agent.
import { helpText } from "../../core/flags/help-text.ts";
import { loadFlags } from "../../core/flags/load-flags.ts";
import { thisMachine } from "../../core/machine.ts";
import { askMaster } from "../ask-master.ts";
import {
  type AgentAnswer,
  type FrameworkAnswer,
  type WaitingAnswer,
  agentLines,
  frameworkLines,
  waitingLines,
} from "../explain/explain-lines.ts";
import { explainPath } from "../explain/explain-path.ts";
import { fail } from "../fail.ts";
import { explainFlags } from "../flags/explain-flags.ts";

const USAGE = "Usage: mezzo explain --master=host:port [--framework=ID] [--agent=ID] [flags]";

const misuse = (reason: string): number =>
  fail(`${reason}\n\n${USAGE}\n\`mezzo explain --help\` lists the flags.`);

/** Asks the master and prints its answer; 0, or 1 when there is none. */
export async function runExplain(args: readonly string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(helpText(explainFlags, USAGE));
    return 0;
  }
  const loaded = loadFlags(explainFlags, { args, environment: {}, readText: thisMachine().readText });
  if (!loaded.ok) return misuse(loaded.error);
  const { values } = loaded.value;
  const { master, principal, secret } = values;
  if (master === undefined) return misuse("Flag 'master' is required, but it was not provided");
  const path = explainPath(values);
  if (!path.ok) return misuse(path.error);
  const answer = await askMaster({ master, path: path.value, principal, secret });
  if (!answer.ok) return fail(answer.error);
  let lines: string[];
  // The master's own answers, of this version: nothing else is at that path.
  if (values.json) lines = [JSON.stringify(answer.value, undefined, 2)];
  else if (values.framework !== undefined)
    lines = frameworkLines(answer.value as FrameworkAnswer, values.agents || values.agent !== undefined);
  else if (values.agent !== undefined) lines = agentLines(answer.value as AgentAnswer);
  else lines = waitingLines(answer.value as WaitingAnswer);
  process.stdout.write(`${lines.join("\n")}\n`);
  return 0;
}
