// posix/rlimits: what the kernel limits in each process, as `container.rlimit_info` asks for.
// Follows `src/slave/containerizer/mesos/isolators/posix/rlimits.cpp`.
import { readFileSync } from "node:fs";
import type { RLimitInfoRLimit } from "@mezzo/wire";
import { LauncherError } from "../../launcher-error.ts";
import type { Isolator } from "../isolator.ts";
import type { OciRlimit } from "../oci-spec.ts";

/** What the kernel takes for "unlimited": the OCI specification holds 64 bits, JSON's numbers in JavaScript 53. */
const UNLIMITED = Number.MAX_SAFE_INTEGER;

/** The names of `/proc/self/limits`. */
const LINES: Readonly<Record<string, string>> = {
  RLMT_AS: "Max address space",
  RLMT_CORE: "Max core file size",
  RLMT_CPU: "Max cpu time",
  RLMT_DATA: "Max data size",
  RLMT_FSIZE: "Max file size",
  RLMT_LOCKS: "Max file locks",
  RLMT_MEMLOCK: "Max locked memory",
  RLMT_MSGQUEUE: "Max msgqueue size",
  RLMT_NICE: "Max nice priority",
  RLMT_NOFILE: "Max open files",
  RLMT_NPROC: "Max processes",
  RLMT_RSS: "Max resident set",
  RLMT_RTPRIO: "Max realtime priority",
  RLMT_RTTIME: "Max realtime timeout",
  RLMT_SIGPENDING: "Max pending signals",
  RLMT_STACK: "Max stack size",
};

/** Raising a limit needs a capability that root may lack: then the agent's own hard limits are the most there is. */
export function rlimitsIsolator(limits: string = readFileSync("/proc/self/limits", "latin1")): Isolator {
  return {
    name: "posix/rlimits",
    prepare({ config, spec }) {
      const mayRaise = spec.process.capabilities.bounding.includes("CAP_SYS_RESOURCE");
      for (const limit of config.container?.rlimit_info?.rlimits ?? []) {
        const most = mayRaise ? Infinity : hardLimit(limits, limit.type ?? "UNKNOWN");
        spec.process.rlimits.push(toOci(limit, most));
      }
    },
  };
}

/** Throws in the words of `src/posix/rlimits.cpp` of Mesos. */
function toOci({ type = "UNKNOWN", soft, hard }: RLimitInfoRLimit, most: number): OciRlimit {
  const refuse = (why: string): LauncherError => new LauncherError(`Failed to set ${type} limit: ${why}`);
  if (!(type in LINES)) throw refuse("Could not convert rlimit: Unknown rlimit type");
  if ((soft === undefined) !== (hard === undefined)) throw refuse("Invalid rlimit values");
  if (soft !== undefined && hard !== undefined && soft > hard) throw refuse("Invalid argument");
  const clamp = (value: number | undefined): number => Math.min(value ?? UNLIMITED, most, UNLIMITED);
  return { type: type.replace("RLMT_", "RLIMIT_"), soft: clamp(soft), hard: clamp(hard) };
}

function hardLimit(limits: string, type: string): number {
  const line = limits.split("\n").find((one) => one.startsWith(`${LINES[type] ?? "?"} `));
  const hard = line?.slice(LINE_NAME_WIDTH).trim().split(/\s+/)[1];
  return hard === undefined || hard === "unlimited" ? Infinity : Number(hard);
}

/** Columns of the file before its numbers. */
const LINE_NAME_WIDTH = 26;
