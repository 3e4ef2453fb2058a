// Brings an image into a folder of the store: copied by skopeo, unpacked by umoci.
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { rename } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Clock } from "../../core/clock.ts";
import type { ImageConfig } from "../containerizer/image-provisioner.ts";
import type { ImageSource } from "./image-reference.ts";
import { isOldArchive, unpackOldArchive } from "./old-archive.ts";
import { runImageTool } from "./run-image-tool.ts";

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

function readBlob(layout: string, { digest }: Descriptor): unknown {
  const [algorithm = "", hash = ""] = digest.split(":");
  return JSON.parse(readFileSync(join(layout, "blobs", algorithm, hash), "utf8"));
}

/** Copies the image as skopeo does it. */
async function copyImage(
  { location, secure, archive }: ImageSource,
  { staging, dockerConfig, stallTimeoutMs, layout }: PullOptions & { layout: string },
  clock: Clock,
): Promise<void> {
  let from = location;
  if (archive !== undefined) {
    // skopeo takes the colon in `name:tag.tar` for the end of the path.
    const link = join(staging, "archive.tar");
    symlinkSync(archive, link);
    from = `docker-archive:${link}`;
  }
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
  ] as const;
  await runImageTool(copy, { folder: layout, stallTimeoutMs }, clock);
}

/** Rejects in words for the task's status. */
export async function pullImage(
  source: ImageSource,
  options: PullOptions,
  clock: Clock,
): Promise<PulledImage> {
  const { location, archive, reference } = source;
  const { staging, stallTimeoutMs } = options;
  const layout = join(staging, "layout");
  mkdirSync(layout);
  if (archive !== undefined && !existsSync(archive)) {
    throw new Error(`Failed to find archive for image '${basename(archive, ".tar")}' at '${archive}'`);
  }
  const isOld = archive !== undefined && reference !== undefined && (await isOldArchive(archive));
  const copied = isOld
    ? unpackOldArchive(archive, { reference, layout, staging, stallTimeoutMs }, clock)
    : copyImage(source, { ...options, layout }, clock);
  await copied.catch((error: unknown) => {
    throw new Error(`Failed to pull image '${location}': ${error instanceof Error ? error.message : ""}`);
  });
  const index = JSON.parse(readFileSync(join(layout, "index.json"), "utf8")) as { manifests: Descriptor[] };
  const [described] = index.manifests;
  if (described === undefined) throw new Error(`Failed to pull image '${location}': it has no manifest`);
  const manifest = readBlob(layout, described) as { config: Descriptor };
  const { config = {} } = readBlob(layout, manifest.config) as { config?: ImageConfig };
  const bundle = join(staging, "bundle");
  const unpack = ["umoci", "unpack", "--image", `${layout}:image`, bundle] as const;
  await runImageTool(unpack, { folder: staging, stallTimeoutMs }, clock).catch((error: unknown) => {
    throw new Error(`Failed to unpack image '${location}': ${error instanceof Error ? error.message : ""}`);
  });
  const rootfs = join(staging, "rootfs");
  await rename(join(bundle, "rootfs"), rootfs);
  return { digest: described.digest, config, rootfs };
}
