// Reasons about what is free and who gets it, in the order of docs/explain.md.
import { launch, scalar, subscribe } from "../../../testing/cast.ts";
import { wants } from "../../../testing/ask-explain.ts";
import { callOf } from "../../../testing/operation-script.ts";
import { Stage } from "../../../testing/stage.ts";
import {
  OTHER_PID,
  PID,
  type ReasonCase,
  addAgent,
  both,
  guarantee,
  limit,
  reservedFor,
  setQuota,
  withTask,
} from "./reason-case.ts";

export const RESOURCE_CASES: readonly ReasonCase[] = [
  {
    filter: "task-too-large",
    words: "cpus short by 1 (the agent is too small even when empty)",
    prepare: () => ({ ...both(), task: wants(scalar("cpus", 5)) }),
  },
  {
    filter: "offered",
    words: "offered to the framework itself for 0.5 s by now",
    prepare() {
      const asked = both();
      asked.stage.allocate();
      asked.stage.now += 500;
      return asked;
    },
  },
  {
    filter: "offered-to-other",
    words: "offered to framework m-0001 (fw) for 0.0 s by now",
    prepare() {
      const { stage, about } = both();
      stage.call(callOf(about, { type: "SUPPRESS" }), about.streamId);
      subscribe(stage);
      stage.allocate();
      stage.call(callOf(about, { type: "REVIVE" }), about.streamId);
      return { stage, about };
    },
  },
  {
    filter: "offered-to-other",
    words: "offered to 2 other frameworks for 0.0 s by now",
    prepare() {
      const stage = new Stage();
      const resources = ["x", "y"].flatMap((role) => [
        reservedFor(role, "cpus", 1),
        reservedFor(role, "mem", 64),
      ]);
      addAgent(stage, { resources });
      for (const role of ["x", "y"]) subscribe(stage, { roles: [role] });
      stage.allocate();
      return { stage, about: subscribe(stage) };
    },
  },
  {
    filter: "in-use",
    words: "all of it is in use by tasks, executors and operations",
    prepare: () => withTask(4, 1024),
  },
  {
    filter: "nothing-visible",
    words: "reserved for role a, b, c and 1 more",
    prepare() {
      const stage = new Stage();
      addAgent(stage, { resources: ["d", "c", "b", "a"].map((role) => reservedFor(role, "cpus", 1)) });
      return { stage, about: subscribe(stage) };
    },
  },
  {
    filter: "nothing-visible",
    words: "of a kind for which the framework lacks REVOCABLE_RESOURCES",
    prepare() {
      const asked = withTask(4, 1024);
      const { stage, agentId } = asked;
      stage.message("UpdateSlaveMessage", PID, {
        agent_id: { value: agentId },
        update_oversubscribed_resources: true,
        oversubscribed_resources: [{ ...scalar("cpus", 2), revocable: {} }],
      });
      return asked;
    },
  },
  {
    filter: "reserved",
    words: "cpus short by 1 (reserved for role x)",
    prepare() {
      const stage = new Stage();
      addAgent(stage, { resources: [scalar("cpus", 1), reservedFor("x", "cpus", 3), scalar("mem", 64)] });
      return { stage, about: subscribe(stage), task: wants(scalar("cpus", 2)) };
    },
  },
  {
    filter: "released",
    words: "released or changed a moment ago, waits for the next allocation interval for 1.0 s more",
    prepare() {
      const stage = new Stage({ batchReleases: true });
      const about = subscribe(stage);
      const other = subscribe(stage);
      addAgent(stage);
      stage.allocate();
      const holder = stage.state.frameworks.registered.get(about.id)?.offers.size === 0 ? other : about;
      stage.call(callOf(holder, { type: "TEARDOWN" }), holder.streamId);
      return { stage, about: holder === about ? other : about };
    },
  },
  {
    filter: "quota-limit",
    words: "the quota's limit is reached: role r has cpus:1 of at most cpus:1",
    prepare() {
      const asked = withTask(1, 1024);
      setQuota(asked.stage, limit("r", 1));
      return asked;
    },
  },
  {
    filter: "quota-headroom",
    words: "what is free is kept for roles whose guarantee is not satisfied; they lack cpus:4",
    prepare() {
      const stage = new Stage();
      setQuota(stage, guarantee("g", 4));
      addAgent(stage, { resources: [scalar("cpus", 4)] });
      return { stage, about: subscribe(stage) };
    },
  },
  {
    filter: "quota-task",
    words: "cpus short by 1 (quota leaves the role too little)",
    prepare() {
      const asked = both();
      setQuota(asked.stage, limit("r", 2));
      return { ...asked, task: wants(scalar("cpus", 3)) };
    },
  },
  {
    filter: "task-short",
    words: "cpus short by 0.5 (too little is free)",
    prepare: () => ({ ...withTask(1, 32), task: wants(scalar("cpus", 3.5)) }),
  },
  {
    filter: "min-allocatable",
    words: "less is free than the minimum worth offering (cpus:0.01|mem:32)",
    prepare: () => withTask(3.995, 1000),
  },
  {
    filter: "refused",
    words: "filtered for 5.0 s more",
    prepare() {
      const asked = both();
      launch(asked.stage, asked.about, []);
      return asked;
    },
  },
  {
    filter: "refused",
    words: "declined without a filter, waits for the next allocation interval for 1.0 s more",
    prepare() {
      const asked = both();
      const { stage, about } = asked;
      stage.allocate();
      const offer_ids = [...stage.state.offers.keys()].map((value) => ({ value }));
      const decline = { offer_ids, filters: { refuse_seconds: 0 } };
      stage.call(callOf(about, { type: "DECLINE", decline }), about.streamId);
      return asked;
    },
  },
  {
    filter: "share",
    words: "framework m-0001 in role r comes first in the next cycle",
    prepare() {
      const { stage, about } = withTask(4, 1024);
      subscribe(stage);
      return { stage, about, agentId: addAgent(stage, { pid: OTHER_PID }) };
    },
  },
  {
    filter: "quota-waits",
    words: "quota kept it back, it waits to be looked at again for 1.0 s more",
    prepare() {
      const { stage, about, agentId } = withTask(4, 32);
      setQuota(stage, limit("r", 4));
      const other = addAgent(stage, { pid: OTHER_PID, resources: [scalar("cpus", 4)] });
      stage.allocate();
      // The role may have more again, and nothing has happened to the other agent.
      stage.take({ type: "mark-agent-gone", request: 1, agentId });
      return { stage, about, agentId: other };
    },
  },
  { filter: "none", words: "will be offered in the next cycle", prepare: both },
];
