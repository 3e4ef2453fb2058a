// A custom executor on the `Executor` class of the npm package `mesos-framework`: answers a message, then finishes.
"use strict";

const { randomBytes } = require("node:crypto");
const { writeFileSync } = require("node:fs");
const { Executor } = require("mesos-framework");

/** 16 bytes which say of themselves that they are a random UUID. */
function uuid() {
  const bytes = randomBytes(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString("base64");
}

let task;

function report(executor, state, message) {
  executor.update({
    task_id: task.task_id,
    state,
    message,
    source: "SOURCE_EXECUTOR",
    timestamp: Date.now() / 1000,
    uuid: uuid(),
  });
}

const executor = new Executor({
  handlers: {
    SUBSCRIBED: function (subscribed) {
      console.log(`subscribed as ${subscribed.executor_info.executor_id.value}`);
    },
    LAUNCH: function (launched) {
      task = launched.task;
      writeFileSync("question", task.labels.labels[0].value);
      report(this, "TASK_RUNNING", "at your service");
    },
    MESSAGE: function (received) {
      const text = Buffer.from(received.data, "base64").toString();
      this.message(`I heard: ${text}`);
      report(this, "TASK_FINISHED", "goodbye");
    },
    ACKNOWLEDGED: function (acknowledged) {
      console.log(`acknowledged ${acknowledged.task_id.value}`);
    },
    KILL: function (killed) {
      console.log(`kill ${killed.task_id.value}`);
    },
    ERROR: function (failed) {
      console.log(`error ${failed.message}`);
    },
    // The class hands over what the event holds, and a shutdown holds nothing.
    SHUTDOWN: function (_nothing) {
      console.log("shutdown");
      process.exit(0);
    },
  },
});

executor.on("error", (error) => {
  console.log(`error: ${error.message ?? error}`);
  if (/connection was closed/.test(error.message ?? "")) process.exit(0);
});
executor.subscribe();
