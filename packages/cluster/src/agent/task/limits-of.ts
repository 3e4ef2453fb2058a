// How far a task may go beyond what it requests.
import type { TaskInfo } from "@mezzo/wire";

/** Amounts by resource name. Infinity is no limit. */
export function limitsOf({ limits = {} }: TaskInfo): Record<string, number> {
  return Object.fromEntries(Object.entries(limits).map(([name, { value }]) => [name, value]));
}
