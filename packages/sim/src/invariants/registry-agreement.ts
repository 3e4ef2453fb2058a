// What the master says is in the registry first: admission, unreachability and being gone survive its crash.
import type { MasterEffect } from "../../../cluster/src/master/effects.ts";
import { KEYS } from "../../../cluster/src/master/registry/encode-operation.ts";
import type { MasterState } from "../../../cluster/src/master/state.ts";
import { violationsOf } from "../trace/violation.ts";

const violate = violationsOf("registry-agreement");

type Records = ReadonlyMap<string, Uint8Array>;

/** Checks a message or event at the moment it leaves. */
export function checkKept(records: Records, effect: MasterEffect): void {
  if (effect.type === "send-message") {
    if (effect.name !== "SlaveRegisteredMessage" && effect.name !== "SlaveReregisteredMessage") return;
    const id = effect.body.agent_id.value;
    if (!records.has(KEYS.agents + id))
      violate(`Agent ${id} is told that it is registered; the registry is not`, [id]);
  } else if (effect.type === "send-event") {
    const status = effect.event.update?.status;
    if (status?.state !== "TASK_UNREACHABLE" || status.reason === "REASON_RECONCILIATION") return;
    const id = status.agent_id?.value ?? "";
    if (!records.has(KEYS.unreachable + id)) {
      violate(`Task ${status.task_id.value} is called unreachable, the registry does not have its agent so`, [
        id,
        status.task_id.value,
      ]);
    }
  }
}

/** Checks all that is not being written just now. */
export function checkRegistry(records: Records, state: MasterState): void {
  const { agents } = state;
  if (!state.recovered) return;
  const busy = (id: string): boolean => agents.leaving.has(id) || agents.reregistering.has(id);
  const expect = (ids: Iterable<string>, prefix: string): void => {
    for (const id of ids) {
      if (!busy(id) && !records.has(prefix + id)) violate(`The registry lacks ${prefix}${id}`, [id]);
    }
  };
  expect(agents.registered.keys(), KEYS.agents);
  expect(agents.recovered.keys(), KEYS.agents);
  expect(agents.unreachable.keys(), KEYS.unreachable);
  expect(agents.gone.keys(), KEYS.gone);
}
