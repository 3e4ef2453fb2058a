// Where a persistent volume lies on the machine (`paths::getPersistentVolumePath` of Mesos).
import { isAbsolute, join } from "node:path";
import { isPersistentVolume, reservationRole, type Resource } from "@mezzo/wire";
import { persistentVolumePath } from "../sandbox/paths.ts";

/** The directory of the volume, absolute; undefined for resources that are none. */
export function volumePath(workDir: string, resource: Resource): string | undefined {
  const persistenceId = resource.disk?.persistence?.id;
  if (persistenceId === undefined || !isPersistentVolume(resource)) return undefined;
  const { source } = resource.disk ?? {};
  if (source?.type === "MOUNT") return below(workDir, source.mount?.root ?? "");
  const root = source?.type === "PATH" ? below(workDir, source.path?.root ?? "") : workDir;
  return persistentVolumePath(root, { role: reservationRole(resource), persistenceId });
}

/** Disks may be named relative to the work directory. */
function below(workDir: string, root: string): string {
  return isAbsolute(root) ? root : join(workDir, root);
}
