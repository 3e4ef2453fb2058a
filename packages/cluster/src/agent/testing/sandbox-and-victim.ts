// A sandbox, and a folder beside it to which no link that a task plants may lead the agent.
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

/** Both are empty, and go with the test. `name`: the sandbox's path below `base`. */
export function sandboxAndVictim(
  context: TestContext,
  name = "runs/c",
): { base: string; sandbox: string; victim: string } {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "mezzo-planted-")));
  context.after(() => rmSync(base, { recursive: true }));
  const [sandbox, victim] = [join(base, name), join(base, "victim")];
  for (const path of [sandbox, victim]) mkdirSync(path, { recursive: true });
  return { base, sandbox, victim };
}
