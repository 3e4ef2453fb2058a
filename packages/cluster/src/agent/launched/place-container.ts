// Decides where a container goes that is started over the API, and what it gets from the one around it.
import type { CommandInfo, ContainerID, ContainerInfo } from "@mezzo/wire";
import type { ContainerAmounts, Containerizer } from "../containerizer/containerizer.ts";
import { containerInfoOf } from "../executor/container-info-of.ts";
import { DEFAULT_PATH, variablesOf } from "../executor/executor-environment.ts";
import { nestedSandboxPath, standaloneSandboxPath } from "../sandbox/paths.ts";
import type { AgentState } from "../state.ts";
import { amountsAround } from "./amounts-around.ts";
import { containerName } from "./container-name.ts";
import { environmentOf, findKnownContainer, type KnownContainer } from "./known-container.ts";
import type { LaunchedContainer } from "./launched-container.ts";
import { processEnvironment, processUser } from "./process-environment.ts";

/** What a container takes over from its parent. */
interface Parent {
  containerId: string;
  sandbox: string;
  user?: string;
  environment: Record<string, string>;
  tied: boolean;
  /** What it is described as, if it has no process. */
  container?: ContainerInfo;
}

/** Where it runs, as whom and with which environment. */
export interface ContainerPlace {
  sandbox: string;
  user?: string;
  environment: Record<string, string>;
  /** Of a session: its parent's sandbox. */
  workingDirectory?: string;
  parentSandbox?: string;
  /** As the containerizer knows it. */
  parent?: string;
  /** What the parent is described as, if it has no process. */
  parentContainer?: ContainerInfo;
  /** What the parent may use, with all in it. */
  around?: ContainerAmounts;
  tied: boolean;
}

export interface PlaceRequest {
  id: ContainerID;
  command: CommandInfo;
  /** It shares its parent's environment and working directory (`ContainerClass::DEBUG`). */
  session: boolean;
}

/**
 * Follows `MesosContainerizerProcess::launch`: a command without a user runs as its parent's. Throws in Mesos' words
 * when there is no parent that could take it.
 */
export function placeContainer(
  { id, command, session }: PlaceRequest,
  of: { state: AgentState; containerizer: Containerizer; launched: ReadonlyMap<string, LaunchedContainer> },
): ContainerPlace {
  const { workDir, switchUser } = of.state.options;
  const parent = id.parent && findParent(id.parent, of);
  const around = id.parent && amountsAround(id.parent, of);
  const sandbox = parent
    ? nestedSandboxPath(parent.sandbox, id.value)
    : standaloneSandboxPath(workDir, id.value);
  const user = switchUser ? (command.user ?? parent?.user) : parent?.user;
  const variables = variablesOf(command.environment);
  const environment = session && parent ? parent.environment : { MESOS_SANDBOX: sandbox };
  return {
    sandbox,
    ...(user !== undefined && { user }),
    environment: { PATH: DEFAULT_PATH, ...environment, ...variables },
    ...(session && parent && { workingDirectory: parent.sandbox }),
    ...(parent && { parentSandbox: parent.sandbox, parent: parent.containerId }),
    ...(parent?.container && { parentContainer: parent.container }),
    ...(around && { around }),
    tied: parent?.tied ?? false,
  };
}

function findParent(
  id: ContainerID,
  of: { state: AgentState; containerizer: Containerizer; launched: ReadonlyMap<string, LaunchedContainer> },
): Parent {
  const name = containerName(id);
  const launched = of.launched.get(name);
  if (launched?.phase === "DESTROYING") throw new Error(`Parent container ${name} is in 'DESTROYING' state`);
  if (launched) return { containerId: name, ...launched.record };
  const known = findKnownContainer(of.state, id);
  if (!known) throw new Error(`Parent container ${name} does not exist`);
  const leader = of.containerizer.leaderOf?.(known.containerId);
  const user = userOf(known, { leader, name });
  const { group, info } = known.executor;
  const container = group && !known.isMember ? containerInfoOf(info, of.state.options) : undefined;
  return {
    containerId: known.containerId,
    ...(container && { container }),
    sandbox: known.sandbox,
    ...(user !== undefined && { user }),
    environment:
      (leader === undefined ? undefined : processEnvironment(leader)) ?? environmentOf(of.state, known),
    tied: !known.executor.checkpoint,
  };
}

function userOf(
  { isMember, executor }: KnownContainer,
  { leader, name }: { leader: number | undefined; name: string },
): string | undefined {
  if (!isMember) return executor.user;
  // A task may have a user of its own, which its process tells also after a restart.
  if (leader === undefined) throw new Error(`Parent container ${name} is not running`);
  return processUser(leader);
}
