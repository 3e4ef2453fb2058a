// A driver that sends more than `--rate_limits` lets it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { getJson, startMaster } from "../support/cluster.ts";
import { LibprocessPeer } from "../support/libprocess-peer.ts";
import { Story } from "../support/story.ts";
import { until } from "../support/until.ts";

void test("a driver whose messages pile up is told so", async (t) => {
  const story = new Story(t);
  const limits = { limits: [{ principal: "eager", qps: 0.01, capacity: 2 }] };
  const master = await startMaster(story, { flags: [`--rate_limits=${JSON.stringify(limits)}`] });
  const driver = await LibprocessPeer.listen("scheduler");
  story.closes(() => driver.close());
  const to = `master@${master.address}`;
  const framework = { user: "u", name: "eager", principal: "eager" };
  driver.send(to, "RegisterFrameworkMessage", { framework });
  const { framework_id } = await driver.sees("FrameworkRegisteredMessage");
  for (let count = 0; count < 4; count++) driver.send(to, "ReviveOffersMessage", { framework_id });
  const { message } = await driver.sees("FrameworkErrorMessage");
  assert.equal(message, "Message mesos.internal.ReviveOffersMessage dropped: capacity(2) exceeded");
  const metrics = await until("all are counted", async () => {
    const found = await getJson<Record<string, number>>(master.address, "/metrics/snapshot");
    return found["frameworks/eager/messages_received"] === 4 && found;
  });
  assert.equal(metrics["frameworks/eager/messages_processed"], 1);
});
