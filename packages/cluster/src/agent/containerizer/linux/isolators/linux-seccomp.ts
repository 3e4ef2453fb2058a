// linux/seccomp: which system calls a container may make, by a profile in Docker's format.
// Follows `src/slave/containerizer/mesos/isolators/linux/seccomp.cpp`.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Isolator } from "../isolator.ts";

export interface SeccompOptions {
  /** `--seccomp_config_dir`. */
  directory: string | undefined;
  /** `--seccomp_profile_name`: of containers that name none. */
  profile: string | undefined;
}

/** Throws when there is no folder of profiles, or no such default profile. */
export function seccompIsolator({ directory, profile }: SeccompOptions): Isolator {
  if (directory === undefined) throw new Error("Missing required `--seccomp_config_dir` flag");
  if (profile !== undefined) readProfile(directory, profile);
  return {
    name: "linux/seccomp",
    prepare({ config, spec }) {
      const seccomp = config.container?.linux_info?.seccomp;
      if (seccomp?.unconfined === true) return;
      const name = seccomp?.profile_name ?? profile;
      if (name === undefined) return;
      spec.linux.seccomp = readProfile(directory, name);
    },
  };
}

interface Profile {
  defaultAction?: string;
  architectures?: string[];
  archMap?: { architecture: string; subArchitectures?: string[] }[];
  syscalls?: ProfileRule[];
}

interface ProfileRule {
  name?: string;
  names?: string[];
  action: string;
  args?: object[] | null;
  errnoRet?: number;
  includes?: Conditions;
  excludes?: Conditions;
}

interface Conditions {
  arches?: string[];
  caps?: string[];
}

const ARCHES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

/** A profile in Docker's format as the OCI specification has it: what depends on the machine is decided. */
function readProfile(directory: string, name: string): object {
  const path = join(directory, name);
  let profile: Profile;
  try {
    profile = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`Failed to read Seccomp profile '${path}': ${String(error)}`, { cause: error });
  }
  const { archMap = [], architectures, syscalls = [], ...rest } = profile;
  const mapped = archMap.flatMap((one) => [one.architecture, ...(one.subArchitectures ?? [])]);
  return {
    ...rest,
    architectures: architectures ?? mapped,
    syscalls: syscalls
      .filter(({ includes, excludes }) => applies(includes, true) && !applies(excludes, false))
      .map(toRule),
  };
}

/** What a runtime knows of a rule. */
function toRule({ name = "", names = [name], action, args, errnoRet }: ProfileRule): object {
  return { names, action, ...(args && { args }), ...(errnoRet !== undefined && { errnoRet }) };
}

/** Rules for those who have a capability are left out: a container that needs more brings a profile of its own. */
function applies(conditions: Conditions | undefined, without: boolean): boolean {
  if (!conditions?.arches?.length && !conditions?.caps?.length) return without;
  const arch = ARCHES[process.arch] ?? process.arch;
  const byArch = conditions.arches?.length ? conditions.arches.includes(arch) : without;
  return byArch && !conditions.caps?.length;
}
