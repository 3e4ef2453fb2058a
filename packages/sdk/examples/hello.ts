// A framework in twenty lines: runs one command on a cluster and prints what becomes of it.
// node packages/sdk/examples/hello.ts [host:port]
import { isEnded, Scheduler } from "@mezzo/sdk";
import { parseResources } from "@mezzo/wire";

const resources = parseResources("cpus:0.1;mem:32");
if (!resources.ok) throw new Error(resources.error);
const task = {
  name: "hello",
  task_id: { value: "hello" },
  resources: resources.value,
  command: { value: "echo hello" },
};
const scheduler = new Scheduler({
  master: process.argv[2] ?? "127.0.0.1:5050",
  framework: { user: "root", name: "hello" },
});

let launched = false;
scheduler.on("OFFERS", async ({ offers = [] }) => {
  for (const offer of offers) {
    if (launched) await scheduler.decline([offer.id]);
    else await scheduler.launch([offer.id], [{ ...task, agent_id: offer.agent_id }]);
    launched = true;
  }
});
scheduler.on("UPDATE", async ({ status }) => {
  console.log(status.task_id.value, status.state, status.message ?? "");
  if (isEnded(status.state)) await scheduler.teardown();
});
await scheduler.run();
