// Replays scenarios recorded from a C++ Mesos against this master and this agent.
import { join } from "node:path";
import { LATER } from "../conformance/later.ts";
import { root, runCommand, type Suite } from "./suite.ts";

type Half = "master" | "agent";

const mezzo = join(root, "packages/cluster/bin/mezzo");
const folder = (half: Half): string => join(root, `test/conformance/${half}-suite`);

/** The command that runs the scenarios named, or all of them. */
function commandOf(half: Half, only: readonly string[]): string[] {
  const suite = [process.execPath, join(folder(half), "suite.mjs")];
  const master = `${mezzo} master --ip={ip} --port={port} --work_dir={work_dir} {flags}`;
  if (half === "master") {
    const selected = only.length > 0 ? ["--only", only.join(",")] : [];
    const start = master.replace("{flags}", "--hostname=localhost {flags}");
    return [...suite, "--compare", join(folder(half), "golden"), "--start", start, ...selected];
  }
  const agent =
    `${mezzo} agent --master={master} --ip={ip} --port={port} ` +
    "--work_dir={work_dir} --runtime_dir={runtime_dir} {flags}";
  const selected = only.flatMap((name) => ["--only", name]);
  return [...suite, "--master-cmd", master, "--agent-cmd", agent, ...selected];
}

/** Runs scenarios and returns the names by verdict. */
async function replay(half: Half, only: readonly string[] = []): Promise<{ ok: string[]; notOk: string[] }> {
  const { output } = await runCommand(commandOf(half, only), { METER_MODULES: join(root, "packages/wire") });
  const verdicts = [...output.matchAll(/^(ok|DIFF|FAIL) +([\w-]+) /gm)];
  const named = (wanted: boolean): string[] =>
    verdicts.filter(([, verdict]) => (verdict === "ok") === wanted).map(([, , name = ""]) => name);
  return { ok: named(true), notOk: named(false) };
}

/**
 * The scenarios of one half. One that later work names may differ; every other one must be `ok`. Some traces hold what was seen
 * between two ticks of a clock, so one that differs is replayed once more, and the summary names it.
 */
export function conformanceSuite(half: Half): Suite {
  return {
    name: `conformance-${half}`,
    about: `traces of a C++ Mesos ${half}, replayed`,
    run: async () => {
      const first = await replay(half);
      const later = first.notOk.filter((name) => LATER[half].includes(name));
      const unexpected = first.notOk.filter((name) => !LATER[half].includes(name));
      const second = unexpected.length > 0 ? await replay(half, unexpected) : { ok: [], notOk: [] };
      const failed = unexpected.filter((name) => !second.ok.includes(name));
      const note = [
        ...(failed.length > 0 ? [`not ok: ${failed.join(", ")}`] : []),
        ...(second.ok.length > 0 ? [`ok when replayed: ${second.ok.join(", ")}`] : []),
        ...(later.length > 0 ? [`for later: ${later.join(", ")}`] : []),
      ].join("; ");
      return {
        passed: first.ok.length + second.ok.length,
        failed: first.ok.length === 0 ? 1 : failed.length,
        skipped: later.length,
        ...(note === "" ? {} : { note }),
      };
    },
  };
}
