// The whitelist has changed: who is on it is offered from now on. Offers that are out stay.
import { updateWhitelist as updateInAllocator } from "../../allocator/update-whitelist.ts";
import { type Turn, log } from "../turn.ts";

/** @see Mesos src/master/allocator/mesos/hierarchical.cpp updateWhitelist */
export function updateWhitelist(turn: Turn, hostnames: readonly string[]): void {
  updateInAllocator(turn.state.allocator, hostnames);
  turn.state.allocationWanted = true;
  const message =
    hostnames.length === 0
      ? "The whitelist is empty: no agent is offered"
      : "Updated the whitelist of agents to offer";
  log(turn, hostnames.length === 0 ? "warn" : "info", { message, facts: { hosts: hostnames.length } });
}
