// What operators do to a working cluster, and take back some time later.
import type { Agent } from "../../../cluster/src/master/agent.ts";
import type { MasterState } from "../../../cluster/src/master/state.ts";
import type { MasterRun } from "../master/master-run.ts";
import type { SeededRandom } from "../time/seeded-random.ts";
import { drawMaintenance } from "./maintenance-moves.ts";
import type { Draw, OperatorAction } from "./operator-action.ts";
import { drawPolicyMove } from "./policy-moves.ts";
import { drawResourceMove } from "./resource-moves.ts";

/** Roles that get weights and quota. */
const ROLES = ["*", "a", "a/b", "c"] as const;

/** How often an operator calls about the very thing about which another one calls. */
const AT_ONCE = 0.3;

/** Empties the agent, now and then for good, or only stops offers of it. */
function drawDraining({ id: agentId }: Agent, random: SeededRandom): OperatorAction {
  const undo = [{ type: "reactivate-agent", agentId }] as const;
  if (random.chance(0.4)) return { act: [{ type: "deactivate-agent", agentId }], undo };
  if (random.chance(0.2)) return { act: undo, undo: [] };
  const max_grace_period = { nanoseconds: random.integer(0, 5) * 1e9 };
  const config = { mark_gone: random.chance(0.2), ...(random.chance(0.5) && { max_grace_period }) };
  return { act: [{ type: "drain-agent", agentId, config }], undo };
}

function drawAgentMove(state: MasterState, agent: Agent, draw: Draw): OperatorAction | undefined {
  const { random } = draw;
  if (random.chance(0.3)) return drawResourceMove(agent, random);
  if (random.chance(0.4)) return drawMaintenance(state, agent, draw);
  if (random.chance(0.05)) return { act: [{ type: "mark-agent-gone", agentId: agent.id }], undo: [] };
  return drawDraining(agent, random);
}

/** What is done in one moment to a random agent or role: one action, or two by operators who do not know of each other. */
export function drawOperatorActions({ state }: MasterRun, draw: Draw): OperatorAction[] {
  const { random } = draw;
  const count = random.chance(AT_ONCE) ? 2 : 1;
  const times = (one: () => OperatorAction | undefined): OperatorAction[] =>
    Array.from({ length: count }, one).filter((each) => each !== undefined);
  if (random.chance(0.35)) {
    const role = random.pick(ROLES);
    return times(() => drawPolicyMove(role, random));
  }
  const agents = [...state.agents.registered.values()];
  if (agents.length === 0) return [];
  const agent = random.pick(agents);
  return times(() => drawAgentMove(state, agent, draw));
}
