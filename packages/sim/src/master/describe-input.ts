// An input of the master in a few words for the trace; messages and calls are traced as they arrive.
import type { MasterInput } from "../../../cluster/src/master/inputs.ts";

/** Undefined for inputs that the trace has already. */
export function describeInput(input: MasterInput): string | undefined {
  switch (input.type) {
    case "message":
    case "scheduler-call":
    case "driver-call":
      return undefined;
    case "recovered":
      return `${input.registry.slaves?.slaves?.length ?? 0} agents`;
    case "persisted":
      return "agentId" in input.continuation
        ? `${input.continuation.kind} ${input.continuation.agentId}`
        : input.continuation.kind;
    default: {
      const { type: _, ...facts } = input;
      return JSON.stringify(facts);
    }
  }
}
