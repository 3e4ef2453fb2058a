// A framework on the npm package `mesos-framework` with an executor of its own: greets it, hears its answer, ends.
// usage: node greeting-scheduler.cjs PORT LOG_FOLDER EXECUTOR_COMMAND; prints a JSON object for each event.
"use strict";

const { Scheduler, Mesos } = require("mesos-framework");

const [port, logFolder, executorCommand] = process.argv.slice(2);
const mesos = Mesos.getMesos();
const say = (event, facts) => console.log(JSON.stringify({ event, ...facts }));

const scalar = (name, value) => ({ name, type: "SCALAR", scalar: { value } });

let launched = false;

function launch(offer) {
  launched = true;
  const command = new mesos.CommandInfo(null, null, true, executorCommand, null, null);
  const task = {
    name: "greeted",
    task_id: { value: "greeted-1" },
    agent_id: offer.agent_id,
    resources: [scalar("cpus", 0.1), scalar("mem", 32)],
    executor: {
      executor_id: { value: "greeter" },
      framework_id: { value: scheduler.frameworkId },
      name: "greeter",
      command,
      resources: [scalar("cpus", 0.1), scalar("mem", 32)],
    },
    labels: { labels: [{ key: "question", value: "who is there?" }] },
  };
  scheduler.accept([offer.id], [{ type: "LAUNCH", launch: { task_infos: [task] } }], null);
}

const scheduler = new Scheduler({
  masterUrl: "127.0.0.1",
  port,
  frameworkName: "greeting",
  logging: { level: "error", path: logFolder, fileName: "greeting.log" },
  handlers: {
    OFFERS: function (offers) {
      for (const offer of offers.offers) {
        if (launched) this.decline([offer.id], null);
        else launch(offer);
      }
    },
    UPDATE: function (update) {
      const { status } = update;
      say("update", { taskId: status.task_id.value, state: status.state, message: status.message });
      if (status.state === "TASK_RUNNING") {
        this.message(status.agent_id.value, "greeter", "hello, executor");
      }
      this.acknowledge(update);
    },
  },
});

scheduler.on("ready", () => scheduler.subscribe());
scheduler.on("subscribed", ({ frameworkId }) => say("subscribed", { frameworkId }));
scheduler.on("message", ({ data }) => say("message", { data }));
scheduler.on("failure", ({ executor_id, status }) =>
  say("failure", { executor: executor_id?.value, status }),
);
scheduler.on("sent_teardown", () => process.exit(0));
scheduler.on("error", (error) => say("error", { message: error.message ?? String(error) }));
process.on("SIGTERM", () => scheduler.teardown());
