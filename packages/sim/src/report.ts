// What a simulation tells people: its size, what became of the tasks, and everything about a broken invariant.
import { type ScenarioOptions, repeatCommand } from "./scenario/scenario.ts";
import type { Simulation } from "./simulation.ts";
import type { InvariantViolation } from "./trace/violation.ts";

/** How many of the last events a report shows. */
const SHOWN_EVENTS = 40;

/** An event is cut to so many characters: registrations name every task of an agent. */
const SHOWN_CHARACTERS = 600;

/** `1000 agents, 5 frameworks, 5 minutes, faults: all`. */
export function describeScenario(options: ScenarioOptions): string {
  const { seed, masters, agents, frameworks, minutes, faults } = options;
  return `seed ${seed}: ${masters} ${masters === 1 ? "master" : "masters"}, ${agents} agents, ${frameworks} frameworks, ${minutes} minutes, faults: ${faults}`;
}

/** How many tasks ended in which way, as the schedulers know it. */
export function countTasks(simulation: Simulation): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { book } of simulation.schedulers) {
    for (const { final, latest, refused, abandoned } of book.tasks.values()) {
      const ended = final ?? latest;
      const how = refused
        ? "refused"
        : abandoned && final === undefined
          ? "abandoned"
          : (ended?.state ?? "unheard of");
      counts.set(how, (counts.get(how) ?? 0) + 1);
    }
  }
  return counts;
}

/** A few lines about a simulation that went well. */
export function describeResult(simulation: Simulation): string {
  const counts = [...countTasks(simulation)].toSorted(([left], [right]) => left.localeCompare(right, "en"));
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const { clock, events, checks, master } = simulation;
  return [
    `${total} tasks: ${counts.map(([how, count]) => `${count} ${how}`).join(", ")}`,
    `${Math.round(clock.elapsedMs / 1000)} s simulated, ${events} events, ${checks.steps} steps, ` +
      `${master.started} masters led`,
  ].join("\n");
}

/** Everything about a broken invariant: what, the last events that concern it, how to see it again. */
export function describeViolation(simulation: Simulation, violation: InvariantViolation): string {
  const { entities, invariant, message } = violation;
  const events = simulation.trace
    .recent(entities, SHOWN_EVENTS)
    .map((line) => `  ${line.length > SHOWN_CHARACTERS ? `${line.slice(0, SHOWN_CHARACTERS)} …` : line}`);
  const about = entities.length === 0 ? "The last events" : `The last events about ${entities.join(", ")}`;
  return [
    `Invariant broken: ${invariant}`,
    message,
    `${about}:`,
    ...events,
    "Repeat it with:",
    `  ${repeatCommand(simulation.scenario.options)}`,
  ].join("\n");
}
