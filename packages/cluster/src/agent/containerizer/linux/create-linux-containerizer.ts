// Puts the linux containerizer together from the agent's options and the programs of this machine.
import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../../core/clock.ts";
import type { Logger } from "../../../core/logger.ts";
import type { AgentOptions } from "../../options.ts";
import type { ImageProvisioner } from "../image-provisioner.ts";
import { DEFAULT_PATH } from "../posix/command-line.ts";
import { readHierarchy } from "./cgroups/hierarchy.ts";
import { createIsolators } from "./isolators/create-isolators.ts";
import { LinuxContainerizer } from "./linux-containerizer.ts";
import { Runtime } from "./runtime.ts";

/** Debian's packages by the program they bring. */
const PACKAGES = {
  runc: "runc",
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

/** Throws when something is missing, and says what would help. */
export function createLinuxContainerizer(
  options: AgentOptions,
  { clock, logger, provisioner }: { clock: Clock; logger: Logger; provisioner?: ImageProvisioner },
): LinuxContainerizer {
  if (process.geteuid?.() !== 0) throw new Error("The linux launcher needs root; use --launcher=posix");
  const { runtimeDir, cgroupsRoot, sandboxDirectory, cgroupsHierarchy } = options;
  findProgram("setpriv");
  if (options.cni) for (const name of NETWORK_PROGRAMS) findProgram(name);
  const runtime = new Runtime({ program: findProgram("runc"), root: join(runtimeDir, "runc") }, { clock });
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
      isolators: createIsolators(options, { provisioner, hierarchy, clock, logger }),
      ...(provisioner && { provisioner }),
    },
  );
}

function findProgram(name: keyof typeof PACKAGES): string {
  const path = `${process.env["PATH"] ?? ""}:${DEFAULT_PATH}`;
  const found = path
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
  if (found !== undefined) return found;
  throw new Error(
    `The linux launcher needs '${name}', which is not here: install the package '${PACKAGES[name]}' or use --launcher=posix`,
  );
}
