// Who a message comes from, before the core takes it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Messages, encodeProtobuf } from "@mezzo/wire";
import { silentLogger } from "../core/logger.ts";
import type { MasterInput } from "./inputs.ts";
import { takeMessage } from "./take-message.ts";

const FROM = "scheduler-1@127.0.0.1:9000";
const framework = { user: "u", name: "n" };

/** Takes messages of a client that has proved to be `p`, or that is in the middle of doing so. */
class Edge {
  readonly inputs: MasterInput[] = [];
  readonly postponed: (() => void)[] = [];
  authenticates = false;

  take<N extends keyof Messages>(name: N, body: Messages[N]): void {
    const receiver = {
      submit: (input: MasterInput) => this.inputs.push(input),
      authenticator: {
        principalOf: () => "p",
        postpone: (_pid: string, again: () => void) => this.authenticates && this.postponed.push(again) > 0,
      },
    };
    const fullName = name === "SchedulerCall" ? "mesos.scheduler.Call" : `mesos.internal.${name}`;
    const message = { from: FROM, to: "master@127.0.0.1:5050", name: fullName };
    takeMessage(receiver, { ...message, body: encodeProtobuf(name, body) }, silentLogger);
  }

  /** What came through, by name, and who is said to have sent it. */
  get told(): unknown[] {
    return this.inputs.map((input) => [
      "name" in input ? input.name : "call" in input ? input.call.type : input.type,
      "principal" in input ? input.principal : undefined,
    ]);
  }
}

test("takeMessage() says who registers, in whatever words", () => {
  const edge = new Edge();
  edge.take("RegisterFrameworkMessage", { framework });
  edge.take("ReregisterFrameworkMessage", { framework, failover: false });
  edge.take("RegisterSlaveMessage", { agent: { hostname: "h" } });
  edge.take("ReregisterSlaveMessage", { agent: { hostname: "h" } });
  edge.take("SchedulerCall", { type: "SUBSCRIBE" });
  edge.take("SchedulerCall", { type: "REVIVE" });
  assert.deepEqual(edge.told, [
    ["RegisterFrameworkMessage", "p"],
    ["ReregisterFrameworkMessage", "p"],
    ["RegisterSlaveMessage", "p"],
    ["ReregisterSlaveMessage", "p"],
    ["SUBSCRIBE", "p"],
    ["REVIVE", undefined],
  ]);
});

test("takeMessage() lets a registration wait for the authentication of its sender", () => {
  const edge = new Edge();
  edge.authenticates = true;
  edge.take("SchedulerCall", { type: "SUBSCRIBE" });
  edge.take("RegisterFrameworkMessage", { framework });
  edge.take("SchedulerCall", { type: "REVIVE" });
  assert.deepEqual(edge.told, [["REVIVE", undefined]]);
  edge.authenticates = false;
  for (const again of edge.postponed) again();
  assert.deepEqual(edge.told.slice(1), [
    ["SUBSCRIBE", "p"],
    ["RegisterFrameworkMessage", "p"],
  ]);
});
