// Who a framework or agent is when it registers, by whatever way, and what happens to those who have not proved it.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrameworkInfo } from "@mezzo/wire";
import type { MasterInput } from "../inputs.ts";
import type { MasterOptions } from "../options.ts";
import { scalar } from "../testing/cast.ts";
import { Stage } from "../testing/stage.ts";

const FROM = "scheduler-1@127.0.0.1:9000";
const AGENT = "slave(1)@127.0.0.1:5051";
const DEMANDING = { authenticateFrameworks: true, authenticateAgents: true };

/** Every way in which a driver says who its framework is. */
const WAYS: Record<string, (framework: FrameworkInfo, principal?: string) => MasterInput> = {
  "a SUBSCRIBE": (framework_info, principal) => ({
    type: "driver-call",
    from: FROM,
    ...(principal !== undefined && { principal }),
    call: { type: "SUBSCRIBE", subscribe: { framework_info } },
  }),
  "a RegisterFrameworkMessage": (framework, principal) => ({
    type: "message",
    name: "RegisterFrameworkMessage",
    from: FROM,
    ...(principal !== undefined && { principal }),
    body: { framework },
  }),
  "a ReregisterFrameworkMessage": (framework, principal) => ({
    type: "message",
    name: "ReregisterFrameworkMessage",
    from: FROM,
    ...(principal !== undefined && { principal }),
    body: { framework: { ...framework, id: { value: "f" } }, failover: false },
  }),
};

const CASES: readonly [
  options: Partial<MasterOptions>,
  proved: string | undefined,
  named: string | undefined,
  outcome: string | undefined,
][] = [
  [{}, undefined, undefined, undefined],
  [{}, undefined, "p", "p"],
  [{}, "p", undefined, "p"],
  [{}, "p", "p", "p"],
  [{}, "p", "q", "Framework principal 'q' does not match authenticated principal 'p'"],
  [DEMANDING, undefined, "p", `Framework at ${FROM} is not authenticated`],
  [DEMANDING, "p", "p", "p"],
];

for (const [way, inputOf] of Object.entries(WAYS)) {
  test(`${way} lets a framework in as who its driver proved to be`, () => {
    for (const [options, proved, named, outcome] of CASES) {
      const stage = new Stage(options);
      stage.take(inputOf({ user: "u", name: "n", ...(named !== undefined && { principal: named }) }, proved));
      const [error] = stage.sent("FrameworkErrorMessage");
      const [framework] = stage.state.frameworks.registered.values();
      assert.equal(error?.message ?? framework?.info.principal, outcome);
      assert.equal(framework === undefined, error !== undefined);
    }
  });

  test(`${way} that is wrong in itself is told so first, and counts`, () => {
    const stage = new Stage({ ...DEMANDING, rootSubmissions: false });
    stage.take(inputOf({ user: "root", name: "n" }));
    assert.deepEqual(stage.sent("FrameworkErrorMessage"), [
      { message: "User 'root' is not allowed to run frameworks without --root_submissions set" },
    ]);
    const { messages_register_framework, messages_reregister_framework } = stage.state.counters;
    assert.equal(messages_register_framework + messages_reregister_framework, 1);
  });
}

test("an agent that has not proved who it is stays outside and hears nothing, but counts", () => {
  const body = { agent: { hostname: "host", resources: [scalar("cpus", 4)] }, version: "1.11.0" };
  const register = { type: "message", name: "RegisterSlaveMessage", from: AGENT, body } as const;
  const stage = new Stage(DEMANDING);
  assert.deepEqual(stage.take(register), []);
  const again = { ...body, agent: { ...body.agent, id: { value: "m-S0" } } };
  assert.deepEqual(stage.message("ReregisterSlaveMessage", AGENT, again), []);
  const { messages_register_slave, messages_reregister_slave } = stage.state.counters;
  assert.deepEqual([messages_register_slave, messages_reregister_slave], [1, 1]);
  assert.deepEqual(stage.take({ ...register, principal: "p" }), [`SlaveRegisteredMessage to ${AGENT}`]);
  assert.equal(new Stage().take(register).length, 1);
});
