// The part of the OCI runtime specification that containers are described with.
// @see https://github.com/opencontainers/runtime-spec/blob/main/config.md

export type NamespaceType = "pid" | "network" | "mount" | "ipc" | "uts" | "user" | "cgroup";

export interface OciMount {
  /** Where the container sees it. */
  destination: string;
  /** A kind of file system, or "bind". */
  type: string;
  source: string;
  options?: string[];
}

export interface OciDeviceRule {
  allow: boolean;
  type?: "a" | "b" | "c";
  major?: number;
  minor?: number;
  /** Of the letters r, w and m. */
  access: string;
}

export interface OciDevice {
  path: string;
  type: "b" | "c";
  major: number;
  minor: number;
  fileMode?: number;
  uid?: number;
  gid?: number;
}

export interface OciRlimit {
  type: string;
  soft: number;
  hard: number;
}

export interface OciCapabilities {
  bounding: string[];
  effective: string[];
  inheritable: string[];
  permitted: string[];
  ambient: string[];
}

export interface OciProcess {
  terminal?: boolean;
  /** Characters. */
  consoleSize?: { height: number; width: number };
  user: { uid: number; gid: number; additionalGids: number[] };
  args: string[];
  /** `NAME=value`. */
  env: string[];
  cwd: string;
  capabilities: OciCapabilities;
  rlimits: OciRlimit[];
  noNewPrivileges: boolean;
  oomScoreAdj?: number;
}

export interface OciResources {
  devices: OciDeviceRule[];
  /** Bytes; -1 is unlimited. */
  memory?: { limit?: number; reservation?: number; swap?: number };
  /** Times in microseconds. */
  cpu?: { shares?: number; quota?: number; period?: number };
  pids?: { limit: number };
  /** Files of version 2, and what is written to them. */
  unified?: Record<string, string>;
}

/** All lists are there, so that whoever adds to them has only to push. */
export interface OciSpec {
  ociVersion: string;
  process: OciProcess;
  root: { path: string; readonly?: boolean };
  hostname?: string;
  mounts: OciMount[];
  linux: {
    /** Without a path a namespace is new. */
    namespaces: { type: NamespaceType; path?: string }[];
    cgroupsPath: string;
    resources: OciResources;
    devices: OciDevice[];
    seccomp?: object;
    maskedPaths?: string[];
    readonlyPaths?: string[];
    rootfsPropagation?: string;
  };
}
