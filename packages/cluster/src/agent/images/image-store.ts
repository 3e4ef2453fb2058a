// Images of this machine, each pulled and unpacked once, and the root file systems of containers made of them.
//
//   <docker_store_dir>
//   ├─ staging/<n>                images that are being pulled; emptied at start
//   ├─ images/<digest>            rootfs (read only for all) and image.json: config, names it was asked by
//   └─ containers/<container id>  upper, work and rootfs: an overlay on the image's, or a copy of it
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Image } from "@mezzo/wire";
import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import { TimerStatistics } from "../../core/timer-statistics.ts";
import { type ImageConfig, type ImageProvisioner, ownerOfRoot } from "../containerizer/image-provisioner.ts";
import { imageSource } from "./image-reference.ts";
import { pullImage } from "./pull-image.ts";
import { ImageGc, type ImageGcConfig } from "./image-gc.ts";

const execute = promisify(execFile);

export interface ImageStoreOptions {
  /** `--docker_store_dir`. */
  directory: string;
  /** `--docker_registry`. */
  registry: string;
  /** `--docker_config`, as text. */
  dockerConfig?: string;
  /** When images are removed without being asked; absent: never. */
  gc?: ImageGcConfig;
  /** How containers get their own: an overlay, which takes no time and no space, or a copy. */
  backend: "overlay" | "copy";
  /** A pull that brings nothing for so long has failed, milliseconds. */
  stallTimeoutMs: number;
}

interface StoredImage {
  config: ImageConfig;
  /** Names by which it was asked for. */
  names: string[];
}

/** Names that one image remembers: those asked for last. */
const MAX_NAMES = 64;

export class ImageStore implements ImageProvisioner {
  readonly #options: ImageStoreOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  /** By name: whoever asks meanwhile waits for the same pull. */
  readonly #pulling = new Map<string, Promise<string>>();
  /** Name → digest of the image that it means. */
  readonly #digests = new Map<string, string>();
  /** Container → digest of its image. */
  readonly #used = new Map<string, string>();
  readonly #gc: ImageGc | undefined;
  readonly #pulls = new TimerStatistics();
  #nextPull = 0;

  constructor(options: ImageStoreOptions, { clock, logger }: { clock: Clock; logger: Logger }) {
    this.#options = options;
    this.#clock = clock;
    this.#logger = logger;
    const { directory, gc: config } = options;
    if (config !== undefined) {
      this.#gc = new ImageGc({ directory, config }, { clock, logger, prune: () => this.prune([]) });
    }
    rmSync(this.#path("staging"), { recursive: true, force: true });
    for (const folder of ["staging", "images", "containers"]) {
      mkdirSync(this.#path(folder), { recursive: true });
    }
    for (const digest of readdirSync(this.#path("images"))) {
      for (const name of this.#read(digest)?.names ?? []) this.#digests.set(name, digest);
    }
  }

  async provision({
    image,
    containerId,
  }: {
    image: Image;
    containerId: string;
  }): Promise<{ rootfs: string; config: ImageConfig }> {
    if (image.type !== "DOCKER" || image.docker === undefined)
      throw new Error(`Unsupported container image type: ${image.type ?? "UNKNOWN"}`);
    const { name, config: secret } = image.docker;
    const own = secret?.type === "VALUE" ? secret.value?.data : undefined;
    const digest = await this.#find(name, {
      cached: image.cached ?? true,
      ...(own !== undefined && { dockerConfig: Buffer.from(own, "base64").toString() }),
    });
    this.#used.set(containerId, digest);
    try {
      const rootfs = await this.#makeRoot(containerId, join(this.#path("images"), digest, "rootfs"));
      return { rootfs, config: this.#read(digest)?.config ?? {} };
    } catch (error) {
      await this.release(containerId);
      throw error;
    }
  }

  async release(containerId: string): Promise<void> {
    this.#used.delete(containerId);
    const folder = join(this.#path("containers"), containerId);
    if (!existsSync(folder)) return;
    // Not mounted, when it is a copy or never got that far.
    await execute("umount", [join(folder, "rootfs")]).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }

  async recover(liveContainerIds: ReadonlySet<string>): Promise<void> {
    this.#gc?.start();
    for (const containerId of readdirSync(this.#path("containers"))) {
      if (!liveContainerIds.has(ownerOfRoot(containerId))) {
        await this.release(containerId).catch((error: unknown) => {
          this.#logger.warn("Cannot remove the root of a container", { containerId, reason: String(error) });
        });
        continue;
      }
      const digest = this.#digestOf(containerId);
      if (digest !== undefined) this.#used.set(containerId, digest);
    }
  }

  /** PRUNE_IMAGES: removes those that no container uses and whose names are not kept. Returns how many. */
  async prune(keptNames: readonly string[]): Promise<number> {
    const kept = new Set([...keptNames, ...(this.#options.gc?.keptNames ?? [])]);
    const used = new Set(this.#used.values());
    let removed = 0;
    for (const digest of readdirSync(this.#path("images"))) {
      const names = this.#read(digest)?.names ?? [];
      if (used.has(digest) || names.some((name) => kept.has(name))) continue;
      for (const [name, known] of this.#digests) if (known === digest) this.#digests.delete(name);
      await rm(join(this.#path("images"), digest), { recursive: true, force: true });
      removed += 1;
    }
    this.#logger.info("Pruned images", { removed });
    return removed;
  }

  counts(): [name: string, value: number][] {
    return this.#pulls.entries("containerizer/mesos/provisioner/docker_store/image_pull_ms");
  }

  close(): void {
    this.#gc?.close();
  }

  #path(folder: string): string {
    return join(this.#options.directory, folder);
  }

  #read(digest: string): StoredImage | undefined {
    try {
      return JSON.parse(
        readFileSync(join(this.#path("images"), digest, "image.json"), "utf8"),
      ) as StoredImage;
    } catch {
      return undefined;
    }
  }

  #digestOf(containerId: string): string | undefined {
    try {
      return readFileSync(join(this.#path("containers"), containerId, "image"), "utf8");
    } catch {
      return undefined;
    }
  }

  async #find(name: string, of: { cached: boolean; dockerConfig?: string }): Promise<string> {
    const known = this.#digests.get(name);
    if (of.cached && known !== undefined && this.#read(known) !== undefined) return known;
    let pulling = this.#pulling.get(name);
    if (pulling === undefined) {
      pulling = this.#pull(name, of.dockerConfig).finally(() => this.#pulling.delete(name));
      this.#pulling.set(name, pulling);
    }
    return pulling;
  }

  async #pull(name: string, dockerConfig = this.#options.dockerConfig): Promise<string> {
    const { registry, stallTimeoutMs } = this.#options;
    const staging = join(this.#path("staging"), String(this.#nextPull++));
    const startedAt = this.#clock.now();
    mkdirSync(staging, { mode: 0o700 });
    try {
      const source = imageSource(name, registry);
      this.#logger.info("Pulling an image", { name, from: source.location });
      const pulled = await pullImage(source, { staging, dockerConfig, stallTimeoutMs }, this.#clock);
      const digest = pulled.digest.replace(":", "-");
      const folder = join(this.#path("images"), digest);
      const before = this.#read(digest);
      const names = [...new Set([name, ...(before?.names ?? [])])].slice(0, MAX_NAMES);
      const text = JSON.stringify({ config: pulled.config, names } satisfies StoredImage);
      if (before === undefined) {
        const made = join(staging, "image");
        mkdirSync(made);
        await rename(pulled.rootfs, join(made, "rootfs"));
        writeFileSync(join(made, "image.json"), text);
        await rm(folder, { recursive: true, force: true });
        await rename(made, folder);
      } else writeFileSync(join(folder, "image.json"), text);
      this.#digests.set(name, digest);
      this.#pulls.record(this.#clock.now() - startedAt);
      return digest;
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  }

  async #makeRoot(containerId: string, image: string): Promise<string> {
    const folder = join(this.#path("containers"), containerId);
    const [upper, work, rootfs] = ["upper", "work", "rootfs"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    for (const each of [upper, work, rootfs]) mkdirSync(each, { recursive: true });
    writeFileSync(join(folder, "image"), this.#used.get(containerId) ?? "");
    if (this.#options.backend === "overlay") {
      const options = `lowerdir=${image},upperdir=${upper},workdir=${work}`;
      const mounted = await execute("mount", ["-t", "overlay", "overlay", "-o", options, rootfs]).then(
        () => true,
        (error: unknown) => {
          this.#logger.warn("Cannot mount an overlay; copying the image instead", { reason: String(error) });
          return false;
        },
      );
      if (mounted) return rootfs;
    }
    await execute("cp", ["-a", "--reflink=auto", `${image}/.`, rootfs]);
    return rootfs;
  }
}
