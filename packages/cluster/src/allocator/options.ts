// What an allocator is created with: the master's flags that concern offers.
import type { DomainInfo } from "@mezzo/wire";
import type { Sorter } from "./shares/share-tree.ts";

export interface AllocatorOptions {
  /** `--allocation_interval` in ms: the least a decline keeps resources away from the framework that declined. */
  allocationIntervalMs?: number;
  /** Released resources wait for the next tick of that interval, as in Mesos, instead of being offered at once. */
  batchReleases?: boolean;
  /** `--min_allocatable_resources`, sets split by `|`, amounts in a set by `;`. */
  minAllocatableResources?: string;
  /** `--filter_gpu_resources`: agents with GPUs only to frameworks with GPU_RESOURCES. */
  filterGpuResources?: boolean;
  /** `--fair_sharing_excluded_resource_names`: names that do not count for the dominant share. */
  fairSharingExcludedResourceNames?: readonly string[];
  /** `--role_sorter`; `drf` unless given. */
  roleSorter?: Sorter;
  /** `--framework_sorter`; `drf` unless given. */
  frameworkSorter?: Sorter;
  /** The master's `--domain`: agents of another region go to REGION_AWARE frameworks only. */
  domain?: DomainInfo;
  /** `--weights`: role path to weight. */
  weights?: ReadonlyMap<string, number>;
}

/** Mesos' default of `--allocation_interval` (src/master/constants.hpp). */
export const DEFAULT_ALLOCATION_INTERVAL_MS = 1000;

/** Mesos' default of `--min_allocatable_resources`: MIN_CPUS or MIN_MEM (src/master/constants.hpp). */
export const DEFAULT_MIN_ALLOCATABLE_RESOURCES = "cpus:0.01|mem:32";

/** A number in [0, 1): agents are shuffled before they are handed out, so that none is always first. */
export type RandomNumber = () => number;
