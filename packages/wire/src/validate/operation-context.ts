// What the master knows when somebody reserves resources or creates volumes on an agent.
import type { FrameworkInfo, Resource } from "../messages.gen.ts";

/** The facts that rules about operations depend on. */
export interface OperationContext {
  /** Who asks, if authenticated. */
  readonly principal?: string | undefined;
  /** The framework that asks; absent when an operator does. */
  readonly framework?: FrameworkInfo | undefined;
  readonly agent: {
    readonly hasHierarchicalRoles: boolean;
    readonly hasReservationRefinement: boolean;
    readonly canResizeVolumes: boolean;
  };
  /** The agent's reservations and volumes made at run time. */
  readonly checkpointed: readonly Resource[];
  /** What tasks and executors use on the agent, by framework. */
  readonly used: Iterable<readonly Resource[]>;
}
