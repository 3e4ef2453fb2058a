// Reasons about a framework and an agent as they stand, in the order of docs/explain.md.
import { scalar, subscribe } from "../../../testing/cast.ts";
import { callOf } from "../../../testing/operation-script.ts";
import { Stage } from "../../../testing/stage.ts";
import { type Asked, PID, type ReasonCase, addAgent, both, limit, withTask } from "./reason-case.ts";

/** Quota for role `r` and three agents that are awaited, of which one of another name has come. */
function failedOver(): Asked {
  const stage = new Stage({ allocatorRecoveryTimeout: 1000 });
  const slaves = ["a", "b", "c"].map((id) => ({ info: { id: { value: id }, hostname: id } }));
  stage.take({ type: "recovered", registry: { slaves: { slaves }, quota_configs: [limit("r", 1)] } });
  const about = subscribe(stage);
  return { stage, about, agentId: addAgent(stage) };
}

const domain = (region: string) => ({ fault_domain: { region: { name: region }, zone: { name: "z" } } });

export const STANDING_CASES: readonly ReasonCase[] = [
  {
    filter: "unreachable",
    words: "the agent is unreachable for 2.0 s by now",
    prepare() {
      const stage = new Stage();
      const timestamp = { nanoseconds: (stage.now - 2000) * 1e6 };
      const slaves = [{ id: { value: "lost" }, timestamp }];
      stage.take({ type: "recovered", registry: { unreachable: { slaves } } });
      return { stage, about: subscribe(stage) };
    },
  },
  {
    filter: "not-reregistered",
    words: "the agent has not re-registered with this master for 3.0 s by now",
    prepare() {
      const stage = new Stage();
      const slaves = [{ info: { id: { value: "old" }, hostname: "host" } }];
      stage.take({ type: "recovered", registry: { slaves: { slaves } } });
      const about = subscribe(stage);
      stage.now += 3000;
      return { stage, about };
    },
  },
  {
    filter: "held-off",
    words: "there is quota and the master has failed over: it waits for 1 more agents for 1.0 s more",
    prepare: failedOver,
  },
  {
    filter: "framework-inactive",
    words: "the framework is not connected",
    prepare() {
      const asked = both();
      asked.stage.take({ type: "stream-closed", streamId: asked.about.streamId });
      return asked;
    },
  },
  {
    filter: "not-subscribed",
    words: "the framework has left role r; it only still holds resources of it",
    prepare() {
      const asked = withTask(1, 32);
      const { stage, about } = asked;
      const framework_info = { ...about.info, id: { value: about.id }, roles: ["other"] };
      stage.call(
        callOf(about, { type: "UPDATE_FRAMEWORK", update_framework: { framework_info } }),
        about.streamId,
      );
      return { ...asked, role: "r" };
    },
  },
  {
    filter: "suppressed",
    words: "the framework has suppressed offers for role r",
    prepare() {
      const asked = both();
      asked.stage.call(callOf(asked.about, { type: "SUPPRESS" }), asked.about.streamId);
      return asked;
    },
  },
  {
    filter: "draining",
    words: "the agent is draining for 1.5 s by now",
    prepare() {
      const asked = withTask(1, 32);
      asked.stage.take({ type: "drain-agent", request: 1, agentId: asked.agentId, config: {} });
      asked.stage.now += 1500;
      return asked;
    },
  },
  {
    filter: "drained",
    words: "the agent is drained for 0.0 s by now",
    prepare() {
      const asked = both();
      asked.stage.take({ type: "drain-agent", request: 1, agentId: asked.agentId, config: {} });
      return asked;
    },
  },
  {
    filter: "deactivated",
    words: "an operator has deactivated the agent",
    prepare() {
      const asked = both();
      asked.stage.take({ type: "deactivate-agent", request: 1, agentId: asked.agentId });
      return asked;
    },
  },
  {
    filter: "disconnected",
    words: "the agent is not connected",
    prepare() {
      const asked = both();
      asked.stage.take({ type: "exited", pid: PID });
      return asked;
    },
  },
  {
    filter: "whitelist",
    words: "host host is not on the master's whitelist",
    prepare() {
      const asked = both();
      asked.stage.take({ type: "update-whitelist", hostnames: ["another"] });
      return asked;
    },
  },
  {
    filter: "gpu",
    words: "the agent has GPUs and the framework lacks the GPU_RESOURCES capability",
    prepare() {
      const stage = new Stage();
      addAgent(stage, { resources: [scalar("cpus", 1), scalar("mem", 64), scalar("gpus", 1)] });
      return { stage, about: subscribe(stage) };
    },
  },
  {
    filter: "region",
    words:
      "the agent is in region south, the master in north, and the framework lacks the REGION_AWARE capability",
    prepare() {
      const stage = new Stage({ domain: domain("north") });
      addAgent(stage, { domain: domain("south") });
      return { stage, about: subscribe(stage) };
    },
  },
  {
    filter: "multi-role",
    words: "the framework is MULTI_ROLE and the agent is not",
    prepare() {
      const stage = new Stage();
      addAgent(stage, { capabilities: [] });
      return { stage, about: subscribe(stage) };
    },
  },
  {
    filter: "hierarchical-role",
    words: "role a/b is hierarchical and the agent lacks HIERARCHICAL_ROLE",
    prepare() {
      const stage = new Stage();
      addAgent(stage, { capabilities: ["MULTI_ROLE"] });
      return { stage, about: subscribe(stage, { roles: ["a/b"] }) };
    },
  },
  {
    filter: "offer-constraints",
    words: "the framework's offer constraints for role r exclude the agent",
    prepare() {
      const asked = both();
      const { stage, about } = asked;
      const selector = { attribute_name: "rack" };
      const groups = [{ attribute_constraints: [{ selector, predicate: { exists: {} } }] }];
      const update_framework = {
        framework_info: { ...about.info, id: { value: about.id } },
        offer_constraints: { role_constraints: { r: { groups } } },
      };
      stage.call(callOf(about, { type: "UPDATE_FRAMEWORK", update_framework }), about.streamId);
      return asked;
    },
  },
];
