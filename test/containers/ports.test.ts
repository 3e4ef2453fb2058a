// The isolator network/ports: a task that listens on a port it does not have ends, its neighbours go on.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { startAgent, startMaster } from "../stories/support/cluster.ts";
import { Framework, scalars } from "../stories/support/framework.ts";
import { takePort } from "../stories/support/ports.ts";
import { Story } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";
import { cgroupsOf, removeCgroups } from "./support/machine.ts";

/** Takes a port and keeps it. */
const listen = (port: number): string =>
  `perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => ${port}, Listen => 1) or die; sleep 1000'`;

const isolation = ["--launcher=linux", "--isolation=cgroups/mem,network/ports"];
const enforcement = ["--enforce_container_ports", "--container_ports_watch_interval=200ms"];

void test("who listens on a port that it does not have ends", async (t) => {
  const cgroupsRoot = `mezzo-ports-${process.pid}`;
  t.after(() => removeCgroups(cgroupsRoot));
  const story = new Story(t);
  const master = await startMaster(story);
  const [own, other] = [await takePort(), await takePort()];
  await startAgent(story, master, {
    flags: [
      ...isolation,
      ...enforcement,
      `--cgroups_root=${cgroupsRoot}`,
      `--resources=cpus:4;mem:1024;disk:1024;ports:[${own}-${own}]`,
    ],
  });
  const framework = new Framework({ master: master.address });
  await framework.subscribe();
  const resources = scalars({ cpus: 0.1, mem: 32 });
  const range = [{ begin: own, end: own }];
  await framework.launch([
    framework.command("good", listen(own), {
      resources: [...resources, { name: "ports", type: "RANGES", ranges: { range } }],
    }),
    framework.command("bad", listen(other), { resources }),
  ]);
  const end = await framework.sees("bad", "TASK_FAILED");
  assert.equal(end.reason, "REASON_CONTAINER_LIMITATION");
  const words = `^Container [0-9a-f-]{36} is listening on unallocated port\\(s\\): \\[${other}-${other}\\]$`;
  assert.match(end.message ?? "", new RegExp(words));
  assert.deepEqual(end.limitation?.resources?.[0]?.ranges?.range, [{ begin: other, end: other }]);
  assert.deepEqual(framework.states("good"), ["TASK_STARTING", "TASK_RUNNING"]);
  await framework.teardown();
  await until("no cgroup is left", () => cgroupsOf(cgroupsRoot).length === 0);
});

void test("--container_ports_isolated_range looks at these ports only", async (t) => {
  const cgroupsRoot = `mezzo-port-range-${process.pid}`;
  t.after(() => removeCgroups(cgroupsRoot));
  const story = new Story(t);
  const master = await startMaster(story);
  const [inside, outside] = [await takePort(), await takePort()];
  const range = `--container_ports_isolated_range=[${inside}-${inside}]`;
  await startAgent(story, master, {
    flags: [...isolation, ...enforcement, range, `--cgroups_root=${cgroupsRoot}`],
  });
  const framework = new Framework({ master: master.address });
  await framework.subscribe();
  const resources = scalars({ cpus: 0.1, mem: 32 });
  await framework.launch([framework.command("outside", listen(outside), { resources })]);
  await framework.sees("outside", "TASK_RUNNING");
  await until("it listens", () => isListening(outside));
  // Begun later, found all the same: whoever is looked at has been looked at by then.
  await framework.launch([framework.command("inside", listen(inside), { resources })]);
  const end = await framework.sees("inside", "TASK_FAILED");
  assert.deepEqual(end.limitation?.resources?.[0]?.ranges?.range, [{ begin: inside, end: inside }]);
  assert.deepEqual(framework.states("outside"), ["TASK_STARTING", "TASK_RUNNING"]);
  await framework.teardown();
  await until("no cgroup is left", () => cgroupsOf(cgroupsRoot).length === 0);
});

/** Whether anybody takes connections there. */
async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
