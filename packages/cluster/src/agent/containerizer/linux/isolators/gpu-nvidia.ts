// gpu/nvidia: a container gets as many GPUs as it has of the resource, and sees no others.
// Follows `src/slave/containerizer/mesos/isolators/gpu/isolator.cpp`. The driver's libraries are the image's business.
//
//   <root>/<container>   the numbers of its GPUs, one a line: they stay its own when the agent restarts
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listFolder } from "../../../../core/list-folder.ts";
import { scalarOf } from "../../scalar-of.ts";
import type { Isolator, Launch } from "../isolator.ts";
import { allowDevice, deviceAt } from "./device.ts";

export interface GpuOptions {
  /** N of `/dev/nvidiaN`. */
  devices: readonly number[];
  /** Where it is kept who has which. */
  root: string;
  /** `/dev`, but in tests. */
  deviceFolder?: string;
}

/** With these every container can ask the driver; the last one is not everywhere. */
const CONTROLS = ["nvidiactl", "nvidia-uvm", "nvidia-uvm-tools"];

const EVERYBODY = 0o666;

export class GpuIsolator implements Isolator {
  readonly name = "gpu/nvidia";
  readonly #devices: readonly number[];
  readonly #root: string;
  readonly #folder: string;
  /** The GPUs of each container, by its id. */
  readonly #taken = new Map<string, readonly number[]>();

  constructor({ devices, root, deviceFolder = "/dev" }: GpuOptions) {
    this.#devices = devices;
    this.#root = root;
    this.#folder = deviceFolder;
  }

  prepare({ config, spec, parent, rootfs }: Launch): void {
    const { containerId, resources } = config;
    const count = scalarOf(resources, "gpus");
    const around = parent && this.#taken.get(parent.containerId);
    const gpus = count === 0 ? (around ?? []) : this.#take(containerId, count);
    const devices = [
      ...CONTROLS.map((name) => ({ name, access: "rwm" })),
      ...gpus.map((number) => ({ name: `nvidia${number}`, access: "rw" })),
    ];
    for (const { name, access } of devices) {
      const found = this.#find(name);
      if (!found) continue;
      spec.linux.resources.devices.push(allowDevice(found, access));
      // Without an image it sees the machine's.
      if (rootfs === undefined) continue;
      spec.linux.devices.push({ path: `/dev/${name}`, ...found, fileMode: EVERYBODY, uid: 0, gid: 0 });
    }
  }

  cleanup(containerId: string): Promise<void> {
    if (this.#taken.delete(containerId)) rmSync(join(this.#root, containerId), { force: true });
    return Promise.resolve();
  }

  recover(live: ReadonlySet<string>): Promise<void> {
    for (const containerId of listFolder(this.#root)) {
      const path = join(this.#root, containerId);
      if (live.has(containerId)) {
        this.#taken.set(containerId, readFileSync(path, "utf8").trim().split("\n").map(Number));
      } else rmSync(path, { force: true });
    }
    return Promise.resolve();
  }

  #take(containerId: string, count: number): readonly number[] {
    if (!Number.isInteger(count)) throw new Error("The 'gpus' resource must be an unsigned integer");
    const taken = new Set([...this.#taken.values()].flat());
    const available = this.#devices.filter((number) => !taken.has(number));
    if (available.length < count) {
      throw new Error(`Requested ${count} gpus but only ${available.length} available`);
    }
    const gpus = available.slice(0, count);
    mkdirSync(this.#root, { recursive: true });
    writeFileSync(join(this.#root, containerId), `${gpus.join("\n")}\n`);
    this.#taken.set(containerId, gpus);
    return gpus;
  }

  #find(name: string): ReturnType<typeof deviceAt> {
    try {
      return deviceAt(join(this.#folder, name));
    } catch {
      return undefined;
    }
  }
}
