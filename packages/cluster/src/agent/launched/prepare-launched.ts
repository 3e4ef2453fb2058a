// Makes the sandbox of a container started over the API and brings into it what its command needs.
import type { ContainerInfo } from "@mezzo/wire";
import { createSandboxDirectory } from "../sandbox/create-sandbox.ts";
import type { Fetcher } from "../run/fetch.ts";
import { linkSandboxVolumes } from "../run/create-nested-sandbox.ts";
import type { LaunchedContainer } from "./launched-container.ts";
import { assertResolvable } from "../sandbox/resolve-secrets.ts";
import type { LaunchRequest } from "./launched-containers.ts";
import type { ContainerPlace } from "./place-container.ts";

/** The sandbox could not be made. */
export class SandboxError extends Error {}

/** Returns the container without the volumes that are links in the sandbox. */
export async function prepareLaunched(
  launched: LaunchedContainer,
  {
    request,
    place,
    fetcher,
    mounts,
  }: { request: LaunchRequest; place: ContainerPlace; fetcher: Fetcher; mounts: boolean },
): Promise<ContainerInfo | undefined> {
  const { name: containerId } = launched;
  const { sandbox, user, parentSandbox } = place;
  const owner = user === undefined ? {} : { user };
  const what = parentSandbox === undefined ? "sandbox" : `nested sandbox '${sandbox}'`;
  try {
    await createSandboxDirectory(sandbox, owner);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SandboxError(`Failed to create ${what}: ${reason}`, { cause: error });
  }
  const container = mounts
    ? request.container
    : await linkSandboxVolumes(request.container, { sandbox, parentSandbox: parentSandbox ?? sandbox, user });
  assertResolvable(request.command);
  const uris = request.command.uris ?? [];
  if (uris.length > 0) await fetcher.fetch({ containerId, sandbox, uris, ...owner });
  if (launched.phase === "DESTROYING") throw new Error("Container is being destroyed during launch");
  return container;
}
