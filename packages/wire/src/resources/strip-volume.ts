// The disk under a persistent volume.
import type { Resource } from "../messages.gen.ts";

/** The volume as plain disk space again: no persistence, no mount point, not shared; its source stays. */
export function stripVolume(volume: Resource): Resource {
  const { disk, shared: _, ...rest } = volume;
  return disk?.source === undefined ? rest : { ...rest, disk: { source: disk.source } };
}
