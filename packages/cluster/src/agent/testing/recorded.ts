// An agent that is started again on what an earlier one wrote.
import { readCheckpoints } from "../checkpoint/read.ts";
import { checkpointWrites } from "../checkpoint/writes.ts";
import type { AgentEffect } from "../effects.ts";
import { AgentScript } from "./agent-script.ts";
import { MemoryTree } from "./memory-tree.ts";

/** Where it writes, and in which boot of its machine. */
export const RECORDED = { metaDir: "/w/meta", bootId: "boot-1" };

/** An agent whose checkpoints land in a tree. */
export class Recorded {
  readonly tree = new MemoryTree();
  readonly agent = new AgentScript();

  constructor() {
    this.agent.register();
    this.keep([]);
    const info = { ...this.agent.state.info, id: { value: "A" } };
    this.tree.apply(checkpointWrites({ kind: "agent", agentId: "A", info }, RECORDED));
    this.tree.apply(checkpointWrites({ kind: "bootId" }, RECORDED));
  }

  keep(_lines: string[]): void {
    this.save(this.agent.effects);
  }

  save(effects: AgentEffect[]): void {
    for (const effect of effects) {
      if (effect.type === "checkpoint") this.tree.apply(checkpointWrites(effect.record, RECORDED));
    }
  }

  /** A new agent process with the same disk. */
  restart(options = {}, boot = RECORDED.bootId): { agent: AgentScript; lines: string[] } {
    const agent = new AgentScript(options);
    agent.now = this.agent.now + 1000;
    const recovered = readCheckpoints(this.tree, { ...RECORDED, bootId: boot });
    return { agent, lines: agent.input({ type: "recovered", agent: recovered }) };
  }
}
