import assert from "node:assert/strict";
import { test } from "node:test";
import type { SchedulerCall } from "@mezzo/wire";
import { type Admission, admitDriverCall, refuseAgent } from "./admission.ts";

const FROM = "scheduler-1@127.0.0.1:9000";
const DEMANDING = { authenticateFrameworks: true, authenticateAgents: true };
const OPEN = { authenticateFrameworks: false, authenticateAgents: false };

const admission = (options: Admission["options"], principal?: string): Admission => ({
  options,
  principalOf: () => principal,
});

const subscribe = (principal?: string): SchedulerCall => ({
  type: "SUBSCRIBE",
  subscribe: { framework_info: { user: "u", name: "n", ...(principal !== undefined && { principal }) } },
});

const CASES: readonly [
  options: Admission["options"],
  proved: string | undefined,
  named: string | undefined,
  outcome: string | undefined,
][] = [
  [OPEN, undefined, undefined, undefined],
  [OPEN, undefined, "p", "p"],
  [OPEN, "p", undefined, "p"],
  [OPEN, "p", "p", "p"],
  [OPEN, "p", "q", "Framework principal 'q' does not match authenticated principal 'p'"],
  [DEMANDING, undefined, "p", `Framework at ${FROM} is not authenticated`],
  [DEMANDING, "p", "p", "p"],
];

test("admitDriverCall() lets a framework in as who it proved to be", () => {
  for (const [options, proved, named, outcome] of CASES) {
    const admitted = admitDriverCall(admission(options, proved), { from: FROM, call: subscribe(named) });
    const said = "refusal" in admitted ? admitted.refusal : admitted.call.subscribe?.framework_info.principal;
    assert.equal(said, outcome);
  }
});

test("admitDriverCall() leaves other calls alone", () => {
  const call: SchedulerCall = { type: "REVIVE" };
  assert.deepEqual(admitDriverCall(admission(DEMANDING), { from: FROM, call }), { call });
});

test("refuseAgent() refuses strangers when agents must authenticate", () => {
  assert.equal(refuseAgent(admission(DEMANDING), FROM), "it is not authenticated");
  assert.equal(refuseAgent(admission(DEMANDING, "p"), FROM), undefined);
  assert.equal(refuseAgent(admission(OPEN), FROM), undefined);
});
