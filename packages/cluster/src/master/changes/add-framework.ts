// A framework enters the books.
import { type FrameworkInfo, frameworkRoles } from "@mezzo/wire";
import { addFramework as addToAllocator } from "../../allocator/add-framework.ts";
import {
  type Connection,
  type Framework,
  createFrameworkCounters,
  frameworkCapabilities,
} from "../framework.ts";
import { type Turn, log } from "../turn.ts";
import type { FrameworkTerms } from "./framework-terms.ts";
import { trackRole } from "./track-role.ts";

/** What a new framework comes with. */
export interface NewFramework {
  /** With `id`. */
  info: FrameworkInfo;
  id: string;
  terms: FrameworkTerms;
  /** Absent: the framework is known from an agent only, and waits as `recovered`. */
  connection?: Connection;
  principal?: string | undefined;
}

/** Notes where the framework is reached and watches it there. */
export function connect(turn: Turn, framework: Framework, connection: Connection): void {
  const { frameworks } = turn.state;
  if (framework.connection?.kind === "driver") frameworks.byPid.delete(framework.connection.pid);
  framework.connection = connection;
  framework.state = "connected";
  if (connection.kind === "http") {
    frameworks.byStream.set(connection.streamId, framework.id);
  } else {
    frameworks.byPid.set(connection.pid, framework.id);
    turn.effects.push({ type: "link", pid: connection.pid });
  }
}

/** Lists a framework with the master and the allocator. @see Mesos src/master/master.cpp Master::addFramework */
export function addFramework(turn: Turn, facts: NewFramework): Framework {
  const { state, now } = turn;
  const connected = facts.connection !== undefined;
  const framework: Framework = {
    id: facts.id,
    frameworkId: { value: facts.id },
    info: facts.info,
    roles: frameworkRoles(facts.info),
    capabilities: frameworkCapabilities(facts.info),
    suppressedRoles: new Set(facts.terms.suppressedRoles),
    offerConstraints: facts.terms.offerConstraints,
    state: "recovered",
    active: connected,
    registeredTime: connected ? now : 0,
    reregisteredTime: connected ? now : 0,
    unregisteredTime: 0,
    tasks: new Map(),
    completedTasks: [],
    unreachableTasks: new Map(),
    executors: new Map(),
    operations: new Map(),
    operationUuids: new Map(),
    offers: new Set(),
    totalUsedResources: [],
    totalOfferedResources: [],
    counters: createFrameworkCounters(),
    ...(facts.principal === undefined ? {} : { principal: facts.principal }),
  };
  state.frameworks.registered.set(framework.id, framework);
  for (const role of framework.roles) trackRole(state, framework, role);
  if (facts.connection !== undefined) connect(turn, framework, facts.connection);
  addToAllocator(state.allocator, {
    frameworkId: framework.id,
    info: framework.info,
    active: framework.active,
    suppressedRoles: facts.terms.suppressedRoles,
    ...(facts.terms.constraintsFilter === undefined ? {} : { constraints: facts.terms.constraintsFilter }),
  });
  state.allocationWanted = true;
  log(turn, "info", {
    message: "Added framework",
    facts: { frameworkId: framework.id, name: framework.info.name },
  });
  return framework;
}
