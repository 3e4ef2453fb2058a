// Replays scenarios recorded from a C++ Mesos against this master and this agent.
import { join } from "node:path";
import { LATER } from "../conformance/later.ts";
import { root, runCommand, type CommandResult, type Suite } from "./suite.ts";

const mezzo = join(root, "packages/cluster/bin/mezzo");

function runMasterSuite(): Promise<CommandResult> {
  const start = `${mezzo} master --ip={ip} --port={port} --work_dir={work_dir} --hostname=localhost {flags}`;
  return runCommand(
    [
      process.execPath,
      join(root, "test/conformance/master-suite/suite.mjs"),
      "--compare",
      join(root, "test/conformance/master-suite/golden"),
      "--start",
      start,
    ],
    { METER_MODULES: join(root, "packages/wire") },
  );
}

function runAgentSuite(): Promise<CommandResult> {
  const master = `${mezzo} master --ip={ip} --port={port} --work_dir={work_dir} {flags}`;
  const agent =
    `${mezzo} agent --master={master} --ip={ip} --port={port} ` +
    "--work_dir={work_dir} --runtime_dir={runtime_dir} {flags}";
  return runCommand([
    process.execPath,
    join(root, "test/conformance/agent-suite/suite.mjs"),
    "--master-cmd",
    master,
    "--agent-cmd",
    agent,
  ]);
}

/** The scenarios of one half. One that later work names may differ; every other one must be `ok`. */
export function conformanceSuite(half: "master" | "agent"): Suite {
  return {
    name: `conformance-${half}`,
    about: `traces of a C++ Mesos ${half}, replayed`,
    run: async () => {
      const { output } = await (half === "master" ? runMasterSuite() : runAgentSuite());
      const verdicts = [...output.matchAll(/^(ok|DIFF|FAIL) +([\w-]+) /gm)].map(([, verdict, name]) => ({
        verdict: verdict ?? "",
        name: name ?? "",
      }));
      const notOk = verdicts.filter(({ verdict }) => verdict !== "ok").map(({ name }) => name);
      const later = notOk.filter((name) => LATER[half].includes(name));
      const failed = notOk.filter((name) => !LATER[half].includes(name));
      const note = [
        failed.length > 0 ? `not ok: ${failed.join(", ")}` : "",
        later.length > 0 ? `for later: ${later.join(", ")}` : "",
      ].filter(Boolean);
      return {
        passed: verdicts.length - notOk.length,
        failed: verdicts.length === 0 ? 1 : failed.length,
        skipped: later.length,
        ...(note.length > 0 ? { note: note.join("; ") } : {}),
      };
    },
  };
}
