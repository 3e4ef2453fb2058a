// `mezzo version`.
import { mesosVersion, mezzoVersion } from "../../core/build-info.ts";

/** Prints Mezzo's version, the Mesos interface version and Node's. */
export async function runVersion(): Promise<number> {
  process.stdout.write(`mezzo ${mezzoVersion} (mesos ${mesosVersion}, node ${process.version})\n`);
  return 0;
}
