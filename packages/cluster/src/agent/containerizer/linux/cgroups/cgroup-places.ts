// The cgroups of containers below `--cgroups_root`: where each is, and what binds it.
import { join } from "node:path";
import type { ContainerAmounts, ContainerConfig } from "../../containerizer.ts";
import type { Isolator } from "../isolator.ts";
import { type CgroupPlace, placeCgroup } from "./place-cgroup.ts";
import { Cgroup, findCgroup } from "./cgroup.ts";
import type { Hierarchy } from "./hierarchy.ts";
import { setBounds } from "./set-bounds.ts";

/** The controllers that bind containers together. */
const BINDING = ["cpu", "memory"];

export class CgroupPlaces {
  readonly #root: string;
  readonly #hierarchy: Hierarchy;
  readonly #isolators: readonly Isolator[];

  /** `root`: `--cgroups_root`. */
  constructor(
    root: string,
    { hierarchy, isolators }: { hierarchy: Hierarchy; isolators: readonly Isolator[] },
  ) {
    this.#root = root;
    this.#hierarchy = hierarchy;
    this.#isolators = isolators;
  }

  /** `above`: the cgroup of the container around it, if that has a process. */
  placeOf(config: ContainerConfig, above: string | undefined): CgroupPlace {
    const isV2 = this.#hierarchy.get("memory")?.version === 2;
    return placeCgroup(config, { root: this.#root, isV2, above });
  }

  at(path: string): Cgroup {
    return new Cgroup(this.#hierarchy, path);
  }

  /** Of a container of which nothing is known but its name. */
  find(containerId: string): Cgroup {
    return this.at(findCgroup(this.#hierarchy, this.#root, containerId));
  }

  /** Makes what is around a container that has no process; it stays as long as anything is in it. */
  surround({ path, around }: CgroupPlace): void {
    if (around === undefined) return;
    const cgroup = this.at(path);
    const isNew = cgroup.parent().make(BINDING);
    // So that nobody takes it away before there is a process.
    cgroup.make(BINDING);
    this.#bind(cgroup.parent(), around, isNew);
  }

  /** Fits a cgroup, if it is there, to other amounts. Throws when the kernel takes it amiss. */
  update(cgroup: Cgroup, amounts: ContainerAmounts): void {
    const isThere = (): boolean => BINDING.some((controller) => cgroup.exists(controller));
    if (!isThere()) return;
    try {
      this.#bind(cgroup, amounts, false);
    } catch (error) {
      if (isThere()) throw error;
    }
  }

  /**
   * Lets go of the processors of a container that ended: version 1 refuses the one around it less than it has, also for some time
   * after it was removed, and whoever hears of the end may be about to lower that.
   */
  loosen(cgroup: Cgroup): void {
    if (cgroup.versionOf("cpu") !== 1) return;
    try {
      cgroup.write("cpu", "cpu.cfs_quota_us", -1);
    } catch {
      // It is not there any more.
    }
  }

  /** Takes a container's cgroup away, and the one around it with the last of a group. */
  remove(cgroup: Cgroup): void {
    cgroup.remove();
    if (cgroup.parent().path !== join("/", this.#root)) cgroup.parent().removeEmpty();
  }

  /** What one isolator cannot set keeps no other from it. */
  #bind(cgroup: Cgroup, amounts: ContainerAmounts, isNew: boolean): void {
    const errors: unknown[] = [];
    for (const isolator of this.#isolators) {
      try {
        setBounds(cgroup, isolator.bounds?.(amounts) ?? {}, { isNew });
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
