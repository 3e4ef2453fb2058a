// What root may do, in the kernel's order: capabilities(7).
import { readFileSync } from "node:fs";

const NAMES = (
  "CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE " +
  "NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN " +
  "SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE " +
  "MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE"
)
  .split(" ")
  .map((name) => `CAP_${name}`);

/** The names of the bits in the kernel's hexadecimal mask. */
export function capabilitiesIn(mask: string): string[] {
  const bits = BigInt(`0x${mask}`);
  return NAMES.filter((_, index) => ((bits >> BigInt(index)) & 1n) === 1n);
}

/** Those that are named, each once, from the lowest bit on. */
export function kernelOrder(names: readonly string[]): string[] {
  return NAMES.filter((name) => names.includes(name));
}

/** Those that this process has and therefore can give: root in a container of the machine's may have fewer than all. */
export function ownCapabilities(): string[] {
  const mask = /^CapEff:\s+([0-9a-f]+)/m.exec(readFileSync("/proc/self/status", "latin1"))?.[1];
  return capabilitiesIn(mask ?? "0");
}
