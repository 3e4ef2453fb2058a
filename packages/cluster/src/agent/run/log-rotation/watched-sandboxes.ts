// Whose outputs are rotated: executors, the tasks of the built-in default executor, and what was started over the API.
import { pathWithinRoot } from "../../launched/container-name.ts";
import type { LaunchedContainer } from "../../launched/launched-container.ts";
import type { ExecutorState } from "../../state.ts";
import type { WatchedSandbox } from "./log-watch.ts";

/** The sandbox of an executor, and those of the tasks in it, each with what its own command says. */
export function sandboxesOf({ directory, info, group }: ExecutorState): WatchedSandbox[] {
  const members = [...(group?.runs.values() ?? [])].map(({ containerId, outputVariables }) => ({
    root: directory,
    within: pathWithinRoot({ value: containerId, parent: { value: "" } }),
    environment: outputVariables && { variables: outputVariables },
  }));
  return [{ root: directory, environment: info.command?.environment }, ...members];
}

/** A session has its parent's environment, and is rotated as that. */
export function sandboxOfLaunched({ record }: LaunchedContainer): WatchedSandbox {
  const { id, sandbox } = record;
  const variables = Object.entries(record.environment).map(([name, value]) => ({ name, value }));
  const environment = { variables };
  if (id.parent === undefined) return { root: sandbox, environment };
  const within = pathWithinRoot(id);
  return { root: sandbox.slice(0, -(within.length + 1)), within, environment };
}
