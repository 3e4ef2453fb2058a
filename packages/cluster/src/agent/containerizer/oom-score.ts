// What the kernel is to think of a container that may use more memory than it asked for.
import { totalmem } from "node:os";

/** The less it asked for, the sooner it is killed: 0 to 1000. @see Mesos src/slave/containerizer/mesos/utils.cpp */
export function oomScoreAdjOf(memoryBytes: number): number {
  return Math.max(0, 1000 - Math.trunc((1000 * memoryBytes) / totalmem()));
}
