// What a container may do: capabilities and system calls.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { CapabilityInfo, LinuxInfo } from "@mezzo/wire";
import type { Launch } from "../isolator.ts";
import type { OciCapabilities, OciSpec } from "../oci-spec.ts";
import { type CapabilityOptions, capabilitiesIsolator } from "./linux-capabilities.ts";
import { seccompIsolator, type SeccompOptions } from "./linux-seccomp.ts";

const OWN = ["CAP_CHOWN", "CAP_NET_ADMIN", "CAP_NET_RAW", "CAP_SYS_ADMIN"];

function launchOf(linuxInfo: LinuxInfo | undefined, bounding: readonly string[] = OWN): Launch {
  const capabilities: OciCapabilities = {
    bounding: [...bounding],
    effective: [...bounding],
    permitted: [...bounding],
    inheritable: [],
    ambient: [],
  };
  const spec = { process: { capabilities }, linux: {} } as unknown as OciSpec;
  return {
    config: {
      containerId: "c",
      command: {},
      environment: {},
      sandbox: "",
      runtimeDir: "",
      resources: [],
      ...(linuxInfo && { container: { type: "MESOS", linux_info: linuxInfo } }),
    },
    spec,
    sandbox: "",
    held: [],
    expected: [],
  };
}

const some = (...capabilities: ("CHOWN" | "NET_ADMIN" | "NET_RAW")[]): CapabilityInfo => ({ capabilities });

function setsOf(linuxInfo: LinuxInfo | undefined, flags: Partial<CapabilityOptions> = {}): OciCapabilities {
  const launch = launchOf(linuxInfo);
  const isolator = capabilitiesIsolator({ effective: undefined, bounding: undefined, ...flags }, OWN);
  void isolator.prepare?.(launch);
  return launch.spec.process.capabilities;
}

void test("linux/capabilities: a container is capable of what it asks for, within what the operator allows", () => {
  assert.deepEqual(setsOf(undefined).bounding, OWN);
  const asked = setsOf({ effective_capabilities: some("NET_RAW") });
  for (const set of Object.values(asked)) assert.deepEqual(set, ["CAP_NET_RAW"]);

  const none = setsOf({
    effective_capabilities: some(),
    bounding_capabilities: some("NET_RAW", "CHOWN"),
  });
  assert.deepEqual([none.effective, none.bounding], [[], ["CAP_CHOWN", "CAP_NET_RAW"]]);
  assert.deepEqual(none.inheritable, none.bounding);

  // The operator's effective ones are a default, not a limit.
  const beyond = setsOf({ effective_capabilities: some("NET_RAW") }, { effective: some("CHOWN") });
  assert.deepEqual(beyond.effective, ["CAP_NET_RAW"]);
  const usual = setsOf(undefined, { effective: some("CHOWN") });
  assert.deepEqual([usual.effective, usual.bounding], [["CAP_CHOWN"], ["CAP_CHOWN"]]);
});

void test("linux/capabilities refuses in Mesos' words", () => {
  const refusals: [LinuxInfo, Partial<CapabilityOptions>, string][] = [
    [
      { effective_capabilities: some("NET_RAW", "CHOWN") },
      { bounding: some("CHOWN") },
      "Requested capabilities '{ CHOWN, NET_RAW }', but only '{ CHOWN }' are allowed",
    ],
    [
      { bounding_capabilities: some("NET_RAW") },
      { bounding: some("CHOWN") },
      "Bounding capabilities '{ NET_RAW }', but only '{ CHOWN }' are allowed",
    ],
    [
      { capability_info: some("CHOWN"), effective_capabilities: some("CHOWN") },
      {},
      "Only one of 'capability_info' or 'effective_capabilities' is allowed",
    ],
  ];
  for (const [info, flags, message] of refusals) assert.throws(() => setsOf(info, flags), { message });
  const message = "Allowed capabilities are not a subset of the bounding capabilites";
  assert.throws(() => setsOf(undefined, { effective: some("CHOWN", "NET_RAW"), bounding: some("CHOWN") }), {
    message,
  });
});

const ARCH_MAP = [
  { architecture: "SCMP_ARCH_X86_64", subArchitectures: ["SCMP_ARCH_X86"] },
  { architecture: "SCMP_ARCH_AARCH64", subArchitectures: ["SCMP_ARCH_ARM"] },
  { architecture: "SCMP_ARCH_S390X", subArchitectures: ["SCMP_ARCH_S390"] },
];

/** A folder with profiles; gives what the isolator makes of them. */
function profilesOf(t: TestContext, profiles: Record<string, object>): (profile?: string) => SeccompOptions {
  const directory = mkdtempSync(join(tmpdir(), "mezzo-seccomp-"));
  t.after(() => rmSync(directory, { recursive: true }));
  for (const [name, content] of Object.entries(profiles))
    writeFileSync(join(directory, name), JSON.stringify(content));
  return (profile) => ({ directory, profile });
}

interface Filter {
  architectures: string[];
  syscalls: { names: string[] }[];
}

function filterOf(options: SeccompOptions, info?: LinuxInfo, bounding?: string[]): Filter | undefined {
  const launch = launchOf(info, bounding);
  void seccompIsolator(options).prepare?.(launch);
  return launch.spec.linux.seccomp as Filter | undefined;
}

void test("linux/seccomp keeps the rules that are for the machine and the container's capabilities", (t) => {
  const rule = (name: string, conditions: object): object => ({
    names: [name],
    action: "SCMP_ACT_ERRNO",
    args: [],
    includes: {},
    excludes: {},
    ...conditions,
  });
  const options = profilesOf(t, {
    profile: {
      defaultAction: "SCMP_ACT_ALLOW",
      archMap: ARCH_MAP,
      syscalls: [
        rule("always", {}),
        rule("admin", { includes: { caps: ["CAP_SYS_ADMIN"] } }),
        rule("nobody", { excludes: { caps: ["CAP_SYS_ADMIN"] } }),
        rule("here", { includes: { arches: ["amd64", "arm64"] } }),
        rule("elsewhere", { includes: { arches: ["s390x"], caps: ["CAP_SYS_ADMIN"] } }),
      ],
    },
  });
  const namesFor = (capability: string): string[] | undefined =>
    filterOf(options("profile"), undefined, [capability])?.syscalls.flatMap(({ names }) => names);
  assert.deepEqual(namesFor("CAP_SYS_ADMIN"), ["always", "admin", "here"]);
  assert.deepEqual(namesFor("CAP_CHOWN"), ["always", "nobody", "here"]);
  const architectures = filterOf(options("profile"))?.architectures ?? [];
  assert.equal(architectures.length, 2);
  assert.ok(!architectures.some((name) => name.includes("S390")));
});

void test("linux/seccomp: a container names its profile or none, and says so without contradiction", (t) => {
  const none = { defaultAction: "SCMP_ACT_ALLOW", archMap: ARCH_MAP, syscalls: [] };
  const options = profilesOf(t, {
    usual: none,
    own: { ...none, defaultAction: "SCMP_ACT_ERRNO" },
    empty: {},
  });
  const usual = options("usual");
  assert.deepEqual(filterOf(usual, { seccomp: { profile_name: "own" } }), {
    ...filterOf(usual),
    defaultAction: "SCMP_ACT_ERRNO",
  });
  assert.equal(filterOf(usual, { seccomp: { unconfined: true } }), undefined);
  assert.throws(() => filterOf(usual, { seccomp: { unconfined: true, profile_name: "own" } }), {
    message:
      "Invalid Seccomp configuration: 'profile_name' given even though 'unconfined' Seccomp setting is enabled",
  });
  assert.throws(() => filterOf(usual, { seccomp: {} }), { message: "Missing Seccomp profile name" });
  assert.throws(
    () => filterOf(usual, { seccomp: { profile_name: "absent" } }),
    /^Error: Failed to read Seccomp profile file '.*\/absent': No such file or directory$/,
  );
  assert.throws(
    () => seccompIsolator(options("empty")),
    /Failed to parse .*: Cannot determine 'defaultAction' for the Seccomp configuration: Not found$/,
  );
  assert.throws(() => seccompIsolator({ directory: undefined, profile: undefined }), {
    message: "Missing required `--seccomp_config_dir` flag",
  });
});
