// Puts the linux containerizer together from the agent's options and the programs of this machine.
import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../../core/clock.ts";
import type { Logger } from "../../../core/logger.ts";
import type { AgentOptions } from "../../options.ts";
import type { ImageProvisioner } from "../image-provisioner.ts";
import { DEFAULT_PATH } from "../posix/command-line.ts";
import { readHierarchy } from "./cgroups/hierarchy.ts";
import { crunProgram } from "./crun.ts";
import type { Isolator } from "./isolator.ts";
import { createIsolators } from "./isolators/create-isolators.ts";
import { LinuxContainerizer } from "./linux-containerizer.ts";
import { Runtime } from "./runtime.ts";

/** Debian's packages by the program they bring. */
const PACKAGES = {
  runc: "runc",
  crun: "crun",
  conmon: "conmon",
  setpriv: "util-linux",
  ip: "iproute2",
  nsenter: "util-linux",
  unshare: "util-linux",
  umount: "mount",
  bash: "bash",
} as const;

/** What networks of containers are made, left and reached with. */
const NETWORK_PROGRAMS = ["ip", "nsenter", "unshare", "umount", "bash"] as const;

export interface LinuxParts {
  clock: Clock;
  logger: Logger;
  provisioner?: ImageProvisioner;
  /** Of these OCI runtimes the first one that is here. */
  runtimes?: readonly OciRuntime[];
  /** After those that the options name. */
  isolators?: readonly Isolator[];
}

type OciRuntime = "runc" | "crun";

/** Throws when something is missing, and says what would help. */
export function createLinuxContainerizer(
  options: AgentOptions,
  { clock, logger, provisioner, runtimes = ["runc", "crun"], isolators = [] }: LinuxParts,
): LinuxContainerizer {
  if (process.geteuid?.() !== 0) throw new Error("The linux launcher needs root; use --launcher=posix");
  const { runtimeDir, cgroupsRoot, sandboxDirectory, cgroupsHierarchy } = options;
  findProgram("setpriv");
  if (options.cni) for (const name of NETWORK_PROGRAMS) findProgram(name);
  const runtime = createRuntime(runtimeDir, { runtimes, clock });
  const hierarchy = readHierarchy(cgroupsHierarchy);
  if (hierarchy.size === 0) {
    throw new Error(`The linux launcher found no cgroups at '${cgroupsHierarchy}': set --cgroups_hierarchy`);
  }
  return new LinuxContainerizer(
    {
      runtimeDir,
      cgroupsRoot,
      sandboxDirectory,
      conmon: findProgram("conmon"),
      enableCfs: options.cgroupsEnableCfs,
    },
    {
      clock,
      logger,
      runtime,
      hierarchy,
      isolators: [...createIsolators(options, { provisioner, hierarchy, clock, logger }), ...isolators],
      ...(provisioner && { provisioner }),
    },
  );
}

function createRuntime(
  runtimeDir: string,
  { runtimes, clock }: { runtimes: readonly OciRuntime[]; clock: Clock },
): Runtime {
  const kind = runtimes.find((name) => lookFor(name) !== undefined) ?? "runc";
  const found = findProgram(kind);
  if (kind === "crun") findProgram("unshare");
  const program = kind === "crun" ? crunProgram(found, { folder: runtimeDir }) : found;
  return new Runtime({ kind, program, root: join(runtimeDir, kind) }, { clock });
}

function findProgram(name: keyof typeof PACKAGES): string {
  const found = lookFor(name);
  if (found !== undefined) return found;
  throw new Error(
    `The linux launcher needs '${name}', which is not here: install the package '${PACKAGES[name]}' or use --launcher=posix`,
  );
}

function lookFor(name: string): string | undefined {
  const path = `${process.env["PATH"] ?? ""}:${DEFAULT_PATH}`;
  return path
    .split(":")
    .map((directory) => join(directory, name))
    .find((candidate) => {
      try {
        accessSync(candidate, constants.X_OK);
        return candidate.startsWith("/");
      } catch {
        return false;
      }
    });
}
