// linux/seccomp: which system calls a container may make, by a profile in Docker's format.
// Follows `src/slave/containerizer/mesos/isolators/linux/seccomp.cpp`.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SeccompInfo } from "@mezzo/wire";
import { describeSystemError } from "../../../../core/describe-system-error.ts";
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
      const name = profileOf(config.container?.linux_info?.seccomp, profile);
      if (name === undefined) return;
      spec.linux.seccomp = toOci(readProfile(directory, name), spec.process.capabilities.bounding);
    },
  };
}

/** The profile of a container; undefined: it may call whatever it likes. */
function profileOf(asked: SeccompInfo | undefined, usual: string | undefined): string | undefined {
  if (asked === undefined) return usual;
  const { unconfined = false, profile_name: name } = asked;
  if (unconfined && name !== undefined) {
    throw new Error(
      "Invalid Seccomp configuration: 'profile_name' given even though 'unconfined' Seccomp setting is enabled",
    );
  }
  if (!unconfined && name === undefined) throw new Error("Missing Seccomp profile name");
  return name;
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

/** This machine's name in rules, and in `archMap`. */
const ARCHES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };
const SCMP_ARCHES: Readonly<Record<string, string>> = { x64: "SCMP_ARCH_X86_64", arm64: "SCMP_ARCH_AARCH64" };

/** A profile in Docker's format. Throws, for what every profile must say in the words of `seccomp_parser.cpp` of Mesos. */
function readProfile(directory: string, name: string): Profile {
  const path = join(directory, name);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`Failed to read Seccomp profile file '${path}': ${describeSystemError(error)}`, {
      cause: error,
    });
  }
  try {
    const profile: Profile = JSON.parse(text);
    assertComplete(profile);
    return profile;
  } catch (error) {
    throw new Error(`Failed to parse Seccomp profile '${path}': ${describeSystemError(error)}`, {
      cause: error,
    });
  }
}

function assertComplete({ defaultAction, architectures, archMap, syscalls }: Profile): void {
  const lacks = (field: string): Error =>
    new Error(`Cannot determine '${field}' for the Seccomp configuration: Not found`);
  if (defaultAction === undefined) throw lacks("defaultAction");
  if ((archMap ?? architectures) === undefined) throw lacks("archMap");
  if (syscalls === undefined) throw lacks("syscalls");
  for (const { name, names = name === undefined ? [] : [name] } of syscalls) {
    if (names.length === 0) throw new Error("Syscall 'names' list is empty");
  }
}

/** The profile as the OCI specification has it: what depends on the machine and on what the container may is decided. */
function toOci(profile: Profile, capabilities: readonly string[]): object {
  const { archMap = [], architectures, syscalls = [], ...rest } = profile;
  const own = archMap.filter(({ architecture }) => architecture === SCMP_ARCHES[process.arch]);
  const mapped = own.flatMap((one) => [one.architecture, ...(one.subArchitectures ?? [])]);
  return {
    ...rest,
    architectures: architectures ?? mapped,
    syscalls: syscalls.filter((rule) => applies(rule, capabilities)).map(toRule),
  };
}

/** What a runtime knows of a rule. */
function toRule({ name = "", names = [name], action, args, errnoRet }: ProfileRule): object {
  return { names, action, ...(args && { args }), ...(errnoRet !== undefined && { errnoRet }) };
}

/** Whether a rule is for this machine and for containers that can ever have these capabilities. */
function applies({ includes = {}, excludes = {} }: ProfileRule, capabilities: readonly string[]): boolean {
  const arch = ARCHES[process.arch] ?? process.arch;
  if (includes.arches && !includes.arches.includes(arch)) return false;
  if (excludes.arches?.includes(arch) === true) return false;
  const has = (name: string): boolean => capabilities.includes(name);
  return (includes.caps ?? []).every(has) && !(excludes.caps ?? []).some(has);
}
