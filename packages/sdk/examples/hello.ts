// A framework in twenty lines: runs one command on a cluster and prints what becomes of it.
// node packages/sdk/examples/hello.ts [host:port]
import { isEnded, Scheduler } from "@mezzo/sdk";

const master = process.argv[2] ?? "127.0.0.1:5050";
const scheduler = new Scheduler({ master, framework: { user: "root", name: "hello" } });
const scalar = (name: string, value: number) => ({ name, type: "SCALAR" as const, scalar: { value } });
const resources = [scalar("cpus", 0.1), scalar("mem", 32)];
const hello = { name: "hello", task_id: { value: "hello" }, resources, command: { value: "echo hello" } };

let launched = false;
scheduler.on("OFFERS", async ({ offers = [] }) => {
  for (const { id, agent_id } of offers) {
    await (launched ? scheduler.decline([id]) : scheduler.launch([id], [{ ...hello, agent_id }]));
    launched = true;
  }
});
scheduler.on("UPDATE", async ({ status }) => {
  console.log(status.task_id.value, status.state, status.message ?? "");
  if (isEnded(status.state)) await scheduler.teardown();
});
await scheduler.run();
