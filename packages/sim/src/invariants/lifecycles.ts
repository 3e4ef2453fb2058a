// What is over stays over: removed frameworks and agents that are gone do not come back to the master that said so.
import type { MasterState } from "../../../cluster/src/master/state.ts";
import { violationsOf } from "../trace/violation.ts";

const violate = violationsOf("lifecycles");

/** Remembers what one master ended. */
export class Lifecycles {
  readonly #removedFrameworks = new Set<string>();
  readonly #goneAgents = new Set<string>();

  /** Checks every framework and agent id. */
  check(state: MasterState): void {
    const { frameworks, agents } = state;
    for (const id of frameworks.completed.keys()) this.#removedFrameworks.add(id);
    for (const id of agents.gone.keys()) this.#goneAgents.add(id);
    for (const id of frameworks.registered.keys()) {
      // A master forgets the oldest removed frameworks; one that it still remembers must not be back.
      if (this.#removedFrameworks.has(id) && frameworks.completed.has(id)) {
        violate(`Framework ${id} was removed and is registered`, [id]);
      }
    }
    for (const id of this.#goneAgents) {
      if (agents.gone.has(id) && agents.registered.has(id))
        violate(`Agent ${id} is gone and registered`, [id]);
    }
    const places = [agents.registered, agents.recovered, agents.unreachable, agents.gone];
    const seen = new Set<string>();
    for (const id of places.flatMap((place) => [...place.keys()])) {
      if (seen.has(id)) violate(`Agent ${id} is in two places`, [id]);
      seen.add(id);
    }
  }
}
