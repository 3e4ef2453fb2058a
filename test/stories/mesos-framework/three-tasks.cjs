// A framework on the npm package `mesos-framework`: three command tasks which start again when they are killed.
// usage: node three-tasks.cjs PORT LOG_FOLDER; prints a JSON object for each event; ends its framework at SIGTERM.
"use strict";

const { Scheduler, Mesos } = require("mesos-framework");

const [port, logFolder] = process.argv.slice(2);
const mesos = Mesos.getMesos();
const say = (event, facts) => console.log(JSON.stringify({ event, ...facts }));

const scheduler = new Scheduler({
  masterUrl: "127.0.0.1",
  port,
  frameworkName: "three tasks",
  logging: { level: "error", path: logFolder, fileName: "three-tasks.log" },
  restartStates: ["TASK_FAILED", "TASK_KILLED", "TASK_LOST", "TASK_ERROR", "TASK_FINISHED"],
  tasks: {
    sleeper: {
      priority: 1,
      instances: 3,
      commandInfo: new mesos.CommandInfo(null, null, true, "exec sleep 987654", null, null),
      resources: { cpus: 0.2, mem: 32, ports: 1, disk: 0 },
    },
  },
});

scheduler.on("ready", () => scheduler.subscribe());
scheduler.on("subscribed", ({ frameworkId, mesosStreamId }) =>
  say("subscribed", { frameworkId, mesosStreamId }),
);
scheduler.on("heartbeat", () => say("heartbeat"));
scheduler.on("update", ({ status }) =>
  say("update", {
    taskId: status.task_id.value,
    state: status.state,
    pid: status.container_status?.executor_pid,
  }),
);
scheduler.on("task_launched", (task) => say("launched", { taskId: task.taskId }));
scheduler.on("sent_teardown", () => {
  say("torn down");
  process.exit(0);
});
scheduler.on("error", (error) => say("error", { message: error.message ?? String(error) }));
process.on("SIGTERM", () => scheduler.teardown());
