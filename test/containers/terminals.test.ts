// Tasks with a terminal under the linux launcher: on the machine's file system, and with an image.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe } from "node:test";
import type { ContainerInfo } from "@mezzo/wire";
import { OneAgent } from "../stories/support/one-agent.ts";
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
  });
}
