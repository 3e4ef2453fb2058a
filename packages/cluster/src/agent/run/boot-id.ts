// Which boot of the machine this is.
import { readFileSync } from "node:fs";

/** Linux' id of the present boot; empty where there is none, which then counts as the same boot. */
export const bootId = readBootId();

function readBootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
  } catch {
    return "";
  }
}
