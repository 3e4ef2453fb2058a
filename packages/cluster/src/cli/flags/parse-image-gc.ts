// The value of `--image_gc_config`. @see Mesos docs/container-image.md, src/messages/flags.proto ImageGcConfig
import { type Result, failure, success } from "@mezzo/wire";
import type { ImageGcConfig } from "../../agent/images/image-gc.ts";

const FORM =
  '{"image_disk_headroom": 0.1, "image_disk_watch_interval": {"nanoseconds": 3600000000000}, "excluded_images": []}';

const NANOSECONDS_IN_MS = 1e6;

interface Written {
  image_disk_headroom?: unknown;
  image_disk_watch_interval?: { nanoseconds?: unknown };
  excluded_images?: { docker?: { name?: unknown } }[];
}

/** The configuration; undefined when the flag is absent. */
export function parseImageGc(value: unknown): Result<ImageGcConfig | undefined> {
  if (value === undefined) return success(undefined);
  const written = (value ?? {}) as Written;
  const headroom = Number(written.image_disk_headroom ?? Number.NaN);
  const nanoseconds = Number(written.image_disk_watch_interval?.nanoseconds ?? Number.NaN);
  const images = written.excluded_images ?? [];
  const names = Array.isArray(images) ? images.map((image) => image?.docker?.name) : [undefined];
  const isValid =
    headroom >= 0 && headroom <= 1 && nanoseconds > 0 && names.every((name) => typeof name === "string");
  if (!isValid) return failure(`Failed to parse --image_gc_config: it is not of the form ${FORM}`);
  const keptNames = names.filter((name) => typeof name === "string");
  return success({ headroom, intervalMs: nanoseconds / NANOSECONDS_IN_MS, keptNames });
}
