// Tasks that fill more disk than they have, on an agent that minds.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import type { ResourceStatistics } from "@mezzo/wire";
import { getJson, startAgent, startMaster, type Server } from "../support/cluster.ts";
import { Framework, scalars } from "../support/framework.ts";
import { Story } from "../support/story.ts";
import { until } from "../support/until.ts";

const FILL = "head -c 3145728 /dev/zero > big; sleep 1000";
const WORDS = /^Disk usage \(\d+KB\) exceeds quota \(2MB\)$/;

void describe("an agent that enforces disk quotas", () => {
  const story = new Story({ after });
  let master: Server;
  let agent: Awaited<ReturnType<typeof startAgent>>;
  let framework: Framework;
  const flags = [
    "--isolation=posix/cpu,posix/mem,disk/du",
    "--enforce_container_disk_quota",
    "--container_disk_watch_interval=200ms",
  ];

  before(async () => {
    master = await startMaster(story);
    agent = await startAgent(story, master, { flags });
    framework = new Framework({ master: master.address });
    await framework.subscribe();
  });

  const resources = scalars({ cpus: 0.1, mem: 32, disk: 2 });

  void it("ends who fills its sandbox, and nobody else", async () => {
    await framework.launch([
      framework.command("neighbour", "head -c 1048576 /dev/zero > some; sleep 1000", { resources }),
    ]);
    await framework.sees("neighbour", "TASK_RUNNING");
    await framework.launch([framework.command("filler", FILL, { resources })]);
    const { reason, message, source, limitation } = await framework.sees("filler", "TASK_FAILED");
    assert.equal(reason, "REASON_CONTAINER_LIMITATION_DISK");
    assert.equal(source, "SOURCE_AGENT");
    assert.match(message ?? "", WORDS);
    assert.deepEqual(
      limitation?.resources?.map(({ name, scalar }) => [name, scalar?.value]),
      [["disk", 2]],
    );
    assert.deepEqual(framework.states("neighbour"), ["TASK_STARTING", "TASK_RUNNING"]);
  });

  void it("tells how much each has", async () => {
    const { disk_limit_bytes, disk_used_bytes } = await until("the disk is measured", async () => {
      const [one] = await getJson<{ statistics: ResourceStatistics }[]>(agent.address, "/monitor/statistics");
      return (one?.statistics.disk_used_bytes ?? 0) > 1_000_000 ? one?.statistics : undefined;
    });
    assert.equal(disk_limit_bytes, 2 * 1024 * 1024);
    assert.ok((disk_used_bytes ?? 0) < 2 * 1024 * 1024);
  });

  void it("minds after a restart as before", async () => {
    await framework.launch([
      framework.command("later", "while [ ! -e go ]; do sleep 0.1; done; " + FILL, { resources }),
    ]);
    await framework.sees("later", "TASK_RUNNING");
    await agent.child.stop("SIGKILL");
    agent = await startAgent(story, master, { port: agent.port, flags });
    const state = await getJson<{ frameworks: { executors: { id: string; directory: string }[] }[] }>(
      agent.address,
      "/state",
    );
    const executors = state.frameworks.flatMap((each) => each.executors);
    const directory = executors.find(({ id }) => id === "later")?.directory ?? "";
    writeFileSync(`${directory}/go`, "");
    const { reason } = await framework.sees("later", "TASK_FAILED");
    assert.equal(reason, "REASON_CONTAINER_LIMITATION_DISK");
  });

  void it("ends a whole group", async () => {
    const { agent_id, ...offer } = await framework.largeOffer();
    const tasks = ["a", "b"].map((id) =>
      framework.command(id, id === "a" ? FILL : "sleep 1000", {
        resources: scalars({ cpus: 0.1, mem: 32, disk: 1 }),
      }),
    );
    const resources = scalars({ cpus: 0.1, mem: 32, disk: 0.25 });
    await framework.accept({ agent_id, ...offer }, [
      framework.group("group", tasks, { agent_id, resources }),
    ]);
    for (const id of ["a", "b"]) {
      const { reason, message } = await framework.sees(id, "TASK_FAILED");
      assert.equal(reason, "REASON_CONTAINER_LIMITATION_DISK");
      assert.match(message ?? "", WORDS);
    }
  });
});
