// Tasks and containers over the API with a terminal under the linux launcher: on the machine's file system, and with an image.
import { globSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { ContainerInfo } from "@mezzo/wire";
import { AttachedInput, AttachedOutput } from "../stories/support/attached.ts";
import { launchedTerminalStory } from "../stories/support/launched-terminal-story.ts";
import { OneAgent } from "../stories/support/one-agent.ts";
import { commandLine, processesOf } from "../stories/support/processes.ts";
import { Story } from "../stories/support/story.ts";
import { terminalStory } from "../stories/support/terminal-story.ts";
import { until } from "../stories/support/until.ts";
import { cgroupsOf, removeCgroups } from "./support/machine.ts";
import { makeOldArchive } from "./support/make-image.ts";

const kinds: [string, Partial<ContainerInfo>][] = [
  ["on the machine's file system", {}],
  ["with an image", { mesos: { image: { type: "DOCKER", docker: { name: "plain" } } } }],
];

for (const [index, [kind, more]] of kinds.entries()) {
  void describe(`tasks with a terminal ${kind}`, () => {
    const cgroupsRoot = `mezzo-terminals-${process.pid}-${index}`;
    let one: OneAgent;
    after(async () => {
      await one.framework.teardown();
      await until("no cgroup is left", () => cgroupsOf(cgroupsRoot).length === 0);
      removeCgroups(cgroupsRoot);
    });
    const story = new Story({ after });
    const archives = join(story.folder, "archives");
    const flags = [
      "--http_heartbeat_interval=100ms",
      "--launcher=linux",
      "--isolation=cgroups/all,namespaces/pid,filesystem/linux,docker/runtime",
      `--cgroups_root=${cgroupsRoot}`,
      "--image_providers=docker",
      `--docker_registry=${archives}`,
      `--docker_store_dir=${join(story.folder, "store")}`,
    ];
    before(async () => {
      mkdirSync(archives);
      await makeOldArchive(archives, "plain", {});
      one = await OneAgent.start(story, flags);
    });
    terminalStory(() => one, { flags, more });
    launchedTerminalStory(() => one, { flags, more });
    if (more.mesos) helperStory(() => one, { flags, more });
  });
}

/** Beside conmon a helper passes on what is typed and shown: it may die while its container lives. */
function helperStory(
  one: () => OneAgent,
  { flags, more }: { flags: readonly string[]; more: Partial<ContainerInfo> },
): void {
  void it("a helper that dies is replaced, by the same agent and by the next", async () => {
    const container: ContainerInfo = { type: "MESOS", tty_info: {}, ...more };
    const talk = "while read line; do echo got $line; done";
    await one().launch([one().framework.command("bereft", talk, { container })]);
    const { container_status } = await one().framework.sees("bereft", "TASK_RUNNING");
    const id = container_status?.container_id ?? { value: "" };
    const speak = async (word: string): Promise<void> => {
      const of = { address: one().agent.address, id };
      const shown = await until("it can be attached to", () => AttachedOutput.open(of));
      const input = new AttachedInput(of);
      await input.type(`${word}\n`);
      await shown.sees(`got ${word}`);
      await Promise.all([input.close(), shown.close()]);
      const paths = join(one().agent.workDir, "slaves/*/frameworks/*/executors/bereft/runs/latest/stdout");
      await until("its sandbox has it", () => readFileSync(globSync(paths)[0] ?? "", "utf8").includes(word));
    };
    const helper = (): Promise<number> =>
      until("it has a helper", () => helpersBelow(one().runtimeDir).find((pid) => pid !== gone));
    let gone = 0;
    await speak("one");
    gone = await helper();
    process.kill(gone, "SIGKILL");
    gone = await helper();
    await speak("two");
    await one().kill();
    process.kill(gone, "SIGKILL");
    await one().startAgain(flags);
    await helper();
    await speak("three");
    await one().framework.must({ type: "KILL", kill: { task_id: { value: "bereft" } } });
    await one().framework.sees("bereft", "TASK_KILLED");
    await until("no helper is left", () => helpersBelow(one().runtimeDir).length === 0);
  });
}

/** Processes of helpers whose containers lie below the folder. */
function helpersBelow(folder: string): number[] {
  return processesOf(folder).filter((pid) => commandLine(pid).includes("terminal.pl join"));
}
