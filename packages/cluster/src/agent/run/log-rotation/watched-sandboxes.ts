// Whose outputs are rotated: executors, the tasks of the built-in default executor, and what was started over the API.
import type { LaunchedContainer } from "../../launched/launched-container.ts";
import { nestedSandboxPath } from "../../sandbox/paths.ts";
import type { ExecutorState } from "../../state.ts";
import type { WatchedSandbox } from "./log-watch.ts";

/** The sandbox of an executor, and those of the tasks in it, each with what its own command says. */
export function sandboxesOf({ directory, info, group }: ExecutorState): WatchedSandbox[] {
  const members = [...(group?.runs.values() ?? [])].map(({ containerId, outputVariables }) => ({
    path: nestedSandboxPath(directory, containerId),
    environment: outputVariables && { variables: outputVariables },
  }));
  return [{ path: directory, environment: info.command?.environment }, ...members];
}

/** A session has its parent's environment, and is rotated as that. */
export function sandboxOfLaunched({ record }: LaunchedContainer): WatchedSandbox {
  const variables = Object.entries(record.environment).map(([name, value]) => ({ name, value }));
  return { path: record.sandbox, environment: { variables } };
}
