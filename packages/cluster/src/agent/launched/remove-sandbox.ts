// Removes the sandbox of a container that is over.
import type { ContainerID } from "@mezzo/wire";
import { describeSystemError } from "../../core/describe-system-error.ts";
import { nestedSandboxPath, standaloneSandboxPath } from "../sandbox/paths.ts";
import { removeSandboxTree } from "../sandbox/remove-tree.ts";
import type { AgentState } from "../state.ts";
import { executorOf } from "./known-container.ts";
import { rootOf } from "./container-name.ts";

/** Returns why it could not be removed. Links that lead out of the root's sandbox are not followed. */
export async function removeSandbox(
  id: ContainerID,
  { state }: { state: AgentState },
): Promise<string | undefined> {
  const root = rootOf(id);
  const rootSandbox =
    executorOf(state, root.value)?.directory ?? standaloneSandboxPath(state.options.workDir, root.value);
  const sandbox = sandboxOf(id, rootSandbox);
  try {
    await removeSandboxTree(sandbox);
    return undefined;
  } catch (error) {
    return `Failed to remove the sandbox directory: ${describeSystemError(error)}`;
  }
}

function sandboxOf(id: ContainerID, rootSandbox: string): string {
  return id.parent === undefined
    ? rootSandbox
    : nestedSandboxPath(sandboxOf(id.parent, rootSandbox), id.value);
}
