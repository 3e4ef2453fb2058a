// `mezzo plan`: how many copies of a task would fit, where, and what would have to be freed.
import { helpText } from "../../core/flags/help-text.ts";
import { loadFlags } from "../../core/flags/load-flags.ts";
import { thisMachine } from "../../core/machine.ts";
import { askMaster } from "../ask-master.ts";
import { taskOf } from "../explain/explain-path.ts";
import { fail } from "../fail.ts";
import { planFlags } from "../flags/plan-flags.ts";
import { type PlanAnswer, planLines } from "../plan/plan-lines.ts";

const USAGE = "Usage: mezzo plan --master=host:port --resources=cpus:1;mem:128 --count=N [flags]";

const misuse = (reason: string): number =>
  fail(`${reason}\n\n${USAGE}\n\`mezzo plan --help\` lists the flags.`);

/** Asks the master and prints its answer; 0 when all of them fit, 2 when some do not, 1 when there is no answer. */
export async function runPlan(args: readonly string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(helpText(planFlags, USAGE));
    return 0;
  }
  const loaded = loadFlags(planFlags, { args, environment: {}, readText: thisMachine().readText });
  if (!loaded.ok) return misuse(loaded.error);
  const { master, principal, secret, json, framework, resources, ...rest } = loaded.value.values;
  if (master === undefined) return misuse("Flag 'master' is required, but it was not provided");
  if ((rest.task === undefined) === (resources === undefined))
    return misuse("Give one of the flags 'task' and 'resources'");
  const made = resources === undefined ? undefined : taskOf(resources);
  if (made?.ok === false) return misuse(`Flag 'resources' cannot be read: ${made.error}`);
  const { role, count, quotas, weights } = rest;
  const body = { task: made?.value ?? rest.task, role, count, framework_id: framework, quotas, weights };
  const answer = await askMaster({ master, path: "/plan", body, principal, secret });
  if (!answer.ok) return fail(answer.error);
  // The master's own answer, of this version: nothing else is at that path.
  const plan = answer.value as PlanAnswer;
  const text = json ? JSON.stringify(plan, undefined, 2) : planLines(plan).join("\n");
  process.stdout.write(`${text}\n`);
  return plan.fits === plan.count ? 0 : 2;
}
