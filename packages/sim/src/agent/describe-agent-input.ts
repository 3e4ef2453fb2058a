// An input of an agent in a few words for the trace; messages are traced as they arrive.
import type { AgentInput } from "../../../cluster/src/agent/inputs.ts";

/** Undefined for inputs that the trace has already. */
export function describeAgentInput(input: AgentInput): string | undefined {
  switch (input.type) {
    case "message":
      return undefined;
    case "recovered": {
      const { agent } = input;
      return agent === undefined
        ? "nothing"
        : `${agent.info?.id?.value} ${agent.frameworks.length} frameworks`;
    }
    default: {
      const { type: _, ...facts } = input;
      return JSON.stringify(facts);
    }
  }
}
