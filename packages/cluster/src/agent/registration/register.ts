// Telling the master that the agent exists, again and again until it answers (`Slave::doReliableRegistration`).
import type { RegisterSlaveMessage } from "@mezzo/wire";
import { downgradeMessage } from "@mezzo/wire";
import type { AgentState } from "../state.ts";
import { emit, note, type Turn } from "../turn.ts";
import { AGENT_CAPABILITIES, PROTOCOL_VERSION } from "./capabilities.ts";
import { reregisterMessage } from "./reregister-message.ts";

/** No pause between two attempts is longer: `REGISTER_RETRY_INTERVAL_MAX` of Mesos. */
const REGISTER_RETRY_MAX_MS = 60_000;

/** Starts over with a master that was just detected: a random part of the backoff factor passes first. */
export function startRegistration(turn: Turn): void {
  const { state } = turn;
  state.registration.maxBackoffMs = state.options.registrationBackoffFactor * 2;
  const delayMs = state.random.next() * state.options.registrationBackoffFactor;
  emit(turn, { type: "setTimer", timer: { name: "register" }, delayMs });
}

/** One attempt; the pause before the next is random below a bound that doubles. */
export function register(turn: Turn): void {
  const { state } = turn;
  if (state.master === undefined || state.phase !== "DISCONNECTED") return;
  note(turn, "debug", { message: "Registering with the master", facts: { master: state.master } });
  emit(turn, { type: "link", pid: state.master });
  const to = state.master;
  if (state.info.id === undefined) {
    emit(turn, { type: "send", to, name: "RegisterSlaveMessage", body: registerMessage(state) });
  } else {
    emit(turn, { type: "send", to, name: "ReregisterSlaveMessage", body: reregisterMessage(state) });
  }
  const bound = Math.min(state.registration.maxBackoffMs, REGISTER_RETRY_MAX_MS);
  state.registration.maxBackoffMs = Math.min(bound * 2, REGISTER_RETRY_MAX_MS);
  emit(turn, { type: "setTimer", timer: { name: "register" }, delayMs: state.random.next() * bound });
}

function registerMessage(state: AgentState): RegisterSlaveMessage {
  return downgradeMessage({
    // Every agent of Mesos has checkpointed since long, and still says so.
    agent: { ...state.info, checkpoint: true },
    checkpointed_resources: state.checkpointedResources,
    version: PROTOCOL_VERSION,
    agent_capabilities: AGENT_CAPABILITIES.map((type) => ({ type })),
    resource_version_uuid: { value: state.resourceVersion },
  });
}
