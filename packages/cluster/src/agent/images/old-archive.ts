// Archives as `docker save` wrote them before Docker 1.10, which Mesos reads and other programs do not any more:
//
//   repositories              {"<repository>": {"<tag>": "<layer>"}}
//   <layer>/json              what the image says, {"parent": "<layer>", "config": …}
//   <layer>/layer.tar         what the layer adds to its parent
//
// @see Mesos src/slave/containerizer/mesos/provisioner/docker/image_tar_puller.cpp
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { constants, createReadStream, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { copyFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Clock } from "../../core/clock.ts";
import { isInside } from "../sandbox/is-inside.ts";
import type { ImageReference } from "./image-reference.ts";
import { runImageTool } from "./run-image-tool.ts";

const execute = promisify(execFile);

/** Docker's own limit. */
const MAX_LAYERS = 127;

interface LayerInfo {
  parent?: string;
  created?: string;
  architecture?: string;
  os?: string;
  config?: object;
}

interface Blob {
  digest: string;
  size: number;
}

/** Whether the archive has no list of its images. */
export async function isOldArchive(path: string): Promise<boolean> {
  const has = async (name: string): Promise<boolean> =>
    execute("tar", ["-tf", path, name]).then(
      () => true,
      () => false,
    );
  if (await has("manifest.json")) return false;
  return (await has("repositories")) || has("./repositories");
}

/** Turns one of its images into an OCI layout that names it `image`. */
export async function unpackOldArchive(
  path: string,
  of: { reference: ImageReference; layout: string; staging: string; stallTimeoutMs: number },
  clock: Clock,
): Promise<void> {
  const { layout, staging, stallTimeoutMs } = of;
  const folder = join(staging, "archive");
  const blobs = join(layout, "blobs/sha256");
  mkdirSync(folder);
  mkdirSync(blobs, { recursive: true });
  const untar = ["tar", "--no-same-owner", "-xf", path, "-C", folder] as const;
  await runImageTool(untar, { folder, stallTimeoutMs }, clock);
  const chain = layersOf(folder, of.reference);
  const layers: Blob[] = [];
  for (const { id } of chain) layers.push(await takeLayer(folder, { id, blobs }));
  const { created, architecture = "amd64", os = "linux", config = {} } = chain.at(-1)?.info ?? {};
  const write = (content: object): Blob => {
    const text = JSON.stringify(content);
    const hash = createHash("sha256").update(text).digest("hex");
    writeFileSync(join(blobs, hash), text);
    return { digest: `sha256:${hash}`, size: Buffer.byteLength(text) };
  };
  const type = (name: string): { mediaType: string } => ({ mediaType: `application/vnd.oci.image.${name}` });
  const rootfs = { type: "layers", diff_ids: layers.map(({ digest }) => digest) };
  const image = write({ ...(created !== undefined && { created }), architecture, os, config, rootfs });
  const manifest = write({
    schemaVersion: 2,
    config: { ...type("config.v1+json"), ...image },
    layers: layers.map((layer) => ({ ...type("layer.v1.tar"), ...layer })),
  });
  const annotations = { "org.opencontainers.image.ref.name": "image" };
  const manifests = [{ ...type("manifest.v1+json"), ...manifest, annotations }];
  writeFileSync(join(layout, "index.json"), JSON.stringify({ schemaVersion: 2, manifests }));
  writeFileSync(join(layout, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
}

/** From the lowest to the topmost. */
function layersOf(folder: string, reference: ImageReference): { id: string; info: LayerInfo }[] {
  const { registry, repository, tag = "latest" } = reference;
  const read = (...names: string[]): string => readFileSync(join(folder, ...names), "utf8");
  const repositories: Record<string, Record<string, string>> = JSON.parse(read("repositories"));
  const tags = repositories[repository] ?? repositories[`${registry ?? ""}/${repository}`];
  if (tags === undefined) throw new Error(`Repository '${repository}' does not exist in 'repositories'`);
  let id = tags[tag];
  if (id === undefined) throw new Error(`Layer id '${tag}' is not found`);
  const chain: { id: string; info: LayerInfo }[] = [];
  while (id !== undefined && id !== "") {
    if (!/^[0-9A-Za-z]+$/.test(id) || chain.length === MAX_LAYERS) {
      throw new Error(`Failed to find parent layer id for layer '${chain.at(-1)?.id ?? tag}'`);
    }
    const info: LayerInfo = JSON.parse(read(id, "json"));
    chain.unshift({ id, info });
    id = info.parent;
  }
  return chain;
}

async function takeLayer(folder: string, { id, blobs }: { id: string; blobs: string }): Promise<Blob> {
  // Equal layers are links to one another.
  const path = await realpath(join(folder, id, "layer.tar"));
  if (!isInside(await realpath(folder), path)) throw new Error(`Layer '${id}' is outside the archive`);
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  const digest = hash.digest("hex");
  await copyFile(path, join(blobs, digest), constants.COPYFILE_FICLONE);
  return { digest: `sha256:${digest}`, size: (await stat(path)).size };
}
