// The agent is known to the master: what follows from both kinds of answer.
import { downgradeResources, type MasterSlaveConnection } from "@mezzo/wire";
import { DEFAULT_PING_TIMEOUT_MS } from "../create-state.ts";
import { agentIdOf } from "../identity.ts";
import { sendOperationStatus } from "../operations/operation-status.ts";
import { sendFirst } from "../updates/stream.ts";
import { emit, type Turn } from "../turn.ts";

/** Goes to RUNNING: no more attempts, pings are expected, waiting updates are sent. */
export function becomeRunning(turn: Turn, connection: MasterSlaveConnection | undefined): void {
  const { state } = turn;
  const seconds = connection?.total_ping_timeout_seconds;
  state.registration.pingTimeoutMs = seconds === undefined ? DEFAULT_PING_TIMEOUT_MS : seconds * 1000;
  state.registration.registeredAt = turn.now;
  state.phase = "RUNNING";
  emit(turn, { type: "cancelTimer", timer: { name: "register" } });
  expectPing(turn);
  resumeUpdates(turn);
}

/** Every stream sends its first update at once, every operation its status. */
export function resumeUpdates(turn: Turn): void {
  for (const stream of turn.state.streams.values()) sendFirst(turn, stream);
  for (const operation of turn.state.operations.values()) sendOperationStatus(turn, operation);
}

/** Sets the timer that detects a silent master anew. */
export function expectPing(turn: Turn): void {
  const { pingTimeoutMs } = turn.state.registration;
  emit(turn, { type: "setTimer", timer: { name: "pingTimeout" }, delayMs: pingTimeoutMs });
}

/** Tells the master the agent's operations and resource providers: it asks for them of agents that can have some. */
export function sendAgentUpdate(turn: Turn): void {
  const { state } = turn;
  if (state.master === undefined) return;
  emit(turn, {
    type: "send",
    to: state.master,
    name: "UpdateSlaveMessage",
    body: {
      agent_id: agentIdOf(state),
      update_oversubscribed_resources: state.oversubscribed !== undefined,
      ...(state.oversubscribed && { oversubscribed_resources: downgradeResources(state.oversubscribed) }),
      operations: { operations: [...state.operations.values()] },
      resource_version_uuid: { value: state.resourceVersion },
      resource_providers: { providers: [] },
    },
  });
}
