// A custom executor on the SDK, in protobuf: says what it hears, ends its task when it is killed or told to.
import { Executor } from "@mezzo/sdk";

const executor = new Executor({ mediaType: "application/x-protobuf" });
const text = (data: string): string => Buffer.from(data, "base64").toString();
let taskId = { value: "" };

executor.on("LAUNCH", async ({ task }) => {
  taskId = task.task_id;
  await executor.update({ task_id: taskId, state: "TASK_STARTING" });
  await executor.update({ task_id: taskId, state: "TASK_RUNNING", message: text(task.data ?? "") });
});

executor.on("MESSAGE", async ({ data }) => {
  await executor.message(Buffer.from(`echo ${text(data)}`).toString("base64"));
  if (text(data) === "finish") await executor.update({ task_id: taskId, state: "TASK_FINISHED" });
});

executor.on("KILL", async ({ task_id }) => {
  await executor.update({ task_id, state: "TASK_KILLED", message: "as you wish" });
});

executor.on("SHUTDOWN", () => console.log("shut down"));

await executor.run();
