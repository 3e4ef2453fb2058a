// A custom executor on the SDK: its task runs until a file says how it ends.
// usage: file-executor.ts PATH: writes PATH.pid, waits for PATH.go
import { existsSync, writeFileSync } from "node:fs";
import { Executor } from "@mezzo/sdk";
import { until } from "./until.ts";

const HOUR_MS = 3_600_000;

const [path = ""] = process.argv.slice(2);
const executor = new Executor();

executor.on("LAUNCH", async ({ task }) => {
  writeFileSync(`${path}.pid`, String(process.pid));
  await executor.update({ task_id: task.task_id, state: "TASK_RUNNING" });
  void finish(task.task_id);
});

async function finish(taskId: { value: string }): Promise<void> {
  await until("the task may end", () => existsSync(`${path}.go`), { patienceMs: HOUR_MS });
  await executor.update({ task_id: taskId, state: "TASK_FINISHED" });
}

await executor.run();
process.exit();
