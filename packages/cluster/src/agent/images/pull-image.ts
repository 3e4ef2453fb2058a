// Brings an image into a folder of the store: copied by skopeo, unpacked by umoci.
import { mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../core/clock.ts";
import type { ImageConfig } from "../containerizer/image-provisioner.ts";
import type { ImageSource } from "./image-reference.ts";
import { runProgram } from "./run-program.ts";

/** An image that is there. */
export interface PulledImage {
  /** Of its manifest, `sha256:…`: what it is known by. */
  digest: string;
  config: ImageConfig;
  /** Its unpacked file system, in the staging folder. */
  rootfs: string;
}

export interface PullOptions {
  /** Empty, and the caller's to remove. */
  staging: string;
  /** Docker's config.json with credentials. */
  dockerConfig: string | undefined;
  stallTimeoutMs: number;
}

interface Descriptor {
  digest: string;
}

/** Bytes below a folder: they grow while an image comes. */
function sizeOf(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    try {
      bytes += statSync(join(entry.parentPath, entry.name)).size;
    } catch {
      // Gone in the meantime.
    }
  }
  return bytes;
}

function readBlob(layout: string, { digest }: Descriptor): unknown {
  const [algorithm = "", hash = ""] = digest.split(":");
  return JSON.parse(readFileSync(join(layout, "blobs", algorithm, hash), "utf8"));
}

/** skopeo takes the colon in `name:tag.tar` for the end of the path. */
function readable(location: string, staging: string): string {
  const path = /^docker-archive:(.*)$/.exec(location)?.[1];
  if (path === undefined) return location;
  const link = join(staging, "archive.tar");
  symlinkSync(path, link);
  return `docker-archive:${link}`;
}

/** Rejects in words for the task's status. */
export async function pullImage(
  { location, secure }: ImageSource,
  { staging, dockerConfig, stallTimeoutMs }: PullOptions,
  clock: Clock,
): Promise<PulledImage> {
  const layout = join(staging, "layout");
  mkdirSync(layout);
  const from = readable(location, staging);
  const credentials = join(staging, "auth.json");
  if (dockerConfig !== undefined) writeFileSync(credentials, dockerConfig, { mode: 0o600 });
  const copy = [
    "skopeo",
    "--insecure-policy",
    "copy",
    "--quiet",
    ...(dockerConfig === undefined ? [] : ["--src-authfile", credentials]),
    ...(location.startsWith("docker:") ? [`--src-tls-verify=${secure}`] : []),
    from,
    `oci:${layout}:image`,
  ];
  await runProgram(
    copy,
    { packageName: "skopeo", stallTimeoutMs, progress: () => sizeOf(layout) },
    clock,
  ).catch((error: unknown) => {
    throw new Error(`Failed to pull image '${location}': ${error instanceof Error ? error.message : ""}`);
  });
  const index = JSON.parse(readFileSync(join(layout, "index.json"), "utf8")) as { manifests: Descriptor[] };
  const [described] = index.manifests;
  if (described === undefined) throw new Error(`Failed to pull image '${location}': it has no manifest`);
  const manifest = readBlob(layout, described) as { config: Descriptor };
  const { config = {} } = readBlob(layout, manifest.config) as { config?: ImageConfig };
  const bundle = join(staging, "bundle");
  await runProgram(
    ["umoci", "unpack", "--image", `${layout}:image`, bundle],
    { packageName: "umoci", stallTimeoutMs, progress: () => sizeOf(staging) },
    clock,
  ).catch((error: unknown) => {
    throw new Error(`Failed to unpack image '${location}': ${error instanceof Error ? error.message : ""}`);
  });
  const rootfs = join(staging, "rootfs");
  await rename(join(bundle, "rootfs"), rootfs);
  return { digest: described.digest, config, rootfs };
}
