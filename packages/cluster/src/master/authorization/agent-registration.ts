// May an agent join with these resources? What is reserved in its flags has to be allowed like any other reservation.
import { type AgentInfo, formatResources, isReserved, upgradeResources } from "@mezzo/wire";
import type { MasterState } from "../state.ts";
import { may } from "./may.ts";
import { actionsOf } from "./operation-actions.ts";

/** A registration or re-registration, and who the agent has proved to be. */
export interface Registration<Body> {
  from: string;
  principal?: string;
  body: Body;
}

/** Why not, in Mesos' words; undefined when it may. @see Mesos src/master/authorization.cpp agentRegistration */
export function refuseAgentsResources(
  state: MasterState,
  {
    info,
    principal,
    how,
  }: { info: AgentInfo; principal: string | undefined; how: "register" | "reregister" },
): string | undefined {
  if (state.authorizer === undefined) return undefined;
  const resources = upgradeResources(info.resources ?? []);
  const reservations = resources.some((resource) => isReserved(resource))
    ? actionsOf({ type: "RESERVE", reserve: { resources } })
    : [];
  const isAllowed =
    reservations.every(({ action, object }) => may(state, principal, action, object)) &&
    may(state, principal, "REGISTER_AGENT");
  if (isAllowed) return undefined;
  const who = principal === undefined ? "without a principal" : `with principal '${principal}'`;
  return `Not authorized to ${how} agent providing resources '${formatResources(resources)}' ${who}`;
}
