// Which texts in the place of a driver's address mean that there is no driver.
import assert from "node:assert/strict";
import { test } from "node:test";
import { driverPid } from "./driver-pid.ts";

test("driverPid() knows what is written where there is no driver", () => {
  for (const none of [undefined, "", "@0.0.0.0:0"]) assert.equal(driverPid(none), undefined);
  assert.equal(driverPid("scheduler-1@127.0.0.1:4000"), "scheduler-1@127.0.0.1:4000");
});
