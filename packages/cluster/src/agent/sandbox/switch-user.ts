// Decides as whom a container runs, and says why it cannot.
import { userInfo } from "node:os";
import { lookUpUser, type UserIdentity } from "./user.ts";

/**
 * Who to become for `user`: undefined when the agent is that user already. Rejects when there is no such user or
 * when the agent, not being root, may not become it. Words follow `src/slave/containerizer/mesos/launch.cpp`.
 */
export async function switchUser(user: string | undefined): Promise<UserIdentity | undefined> {
  if (user === undefined) return undefined;
  const identity = await lookUpUser(user);
  if (!identity) throw new Error(`Failed to get the uid of user '${user}': No such user`);
  const own = process.geteuid?.();
  if (identity.uid === own) return undefined;
  if (own !== 0) {
    throw new Error(
      `Failed to set uid to ${identity.uid}: the agent runs as '${userInfo().username}', only root may become '${user}'`,
    );
  }
  return identity;
}
