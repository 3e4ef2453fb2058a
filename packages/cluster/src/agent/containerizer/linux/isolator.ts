// What an isolator of the linux launcher is: one file of `isolators/` each, chosen by `--isolation`.
import type { NetworkInfo, Resource, ResourceStatistics, TaskStatusReason } from "@mezzo/wire";
import type { HeldFolder } from "../../sandbox/held-folder.ts";
import type { UserIdentity } from "../../sandbox/user.ts";
import type { ContainerAmounts, ContainerConfig } from "../containerizer.ts";
import type { ImageConfig } from "../image-provisioner.ts";
import type { ExpectedMount } from "./assert-mounted.ts";
import type { Cgroup } from "./cgroups/cgroup.ts";
import type { Bounds } from "./cgroups/set-bounds.ts";
import type { OciSpec } from "./oci-spec.ts";

/** A container that is being made. */
export interface Launch {
  readonly config: ContainerConfig;
  /** What it will be: isolators change it. */
  readonly spec: OciSpec;
  /** The root file system of its image; absent: it shares the machine's. */
  readonly rootfs?: string;
  /** What its image says about how to run it. */
  readonly image?: ImageConfig;
  /** Whom it runs as; absent: as the agent. */
  readonly identity?: UserIdentity;
  /** Where it sees its sandbox. */
  readonly sandbox: string;
  /** What mounts are of, held until the container is created. */
  readonly held: HeldFolder[];
  /** What has to be found mounted then. */
  readonly expected: ExpectedMount[];
  /** The container around it; without a pid when that has no process of its own. */
  readonly parent?: { containerId: string; pid?: number };
}

/** A container that runs, as far as an isolator needs it. */
export interface RunningContainer {
  readonly containerId: string;
  readonly runtimeDir: string;
  readonly cgroup: Cgroup;
  readonly pid: number;
}

/** Why an isolator has a container killed. */
export interface Limitation {
  reason: TaskStatusReason;
  message: string;
  resources: Resource[];
}

/**
 * Called in the order of `isolators/create-isolators.ts`; `cleanup` in the opposite one. A rejection of `prepare` fails the
 * launch in its words; what was prepared is cleaned up then.
 */
export interface Isolator {
  /** As in `--isolation`. */
  readonly name: string;
  /** What the cgroup of a container with such amounts is bound to; asked again when they change. */
  bounds?(amounts: ContainerAmounts): Bounds;
  /** Before the container is created. */
  prepare?(launch: Launch): void | Promise<void>;
  /** What task statuses say of the networks that the container is in, from `prepare` to `cleanup`. */
  networks?(containerId: string): NetworkInfo[];
  /** The file of its network namespace; undefined where that is the machine's. */
  networkNamespace?(containerId: string): string | undefined;
  /** Whether the container is over a limit; asked when the kernel reports it, and when it ended. */
  limitation?(container: RunningContainer): Limitation | undefined;
  usage?(container: RunningContainer): Partial<ResourceStatistics> | Promise<Partial<ResourceStatistics>>;
  /** After nothing of the container runs any more, also of one that never ran or that another agent left. */
  cleanup?(containerId: string): Promise<void>;
  /** After a restart: the containers that run on. What is kept for others is given up. */
  recover?(live: ReadonlySet<string>): Promise<void>;
}
