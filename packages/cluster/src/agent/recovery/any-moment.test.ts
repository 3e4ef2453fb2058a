// An agent dies at any write: the next one knows every task that was written down and whose end nobody has acknowledged.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readCheckpoints } from "../checkpoint/read.ts";
import type { CheckpointRecord } from "../checkpoint/record.ts";
import { checkpointWrites } from "../checkpoint/writes.ts";
import { isTerminalState } from "../task/task-states.ts";
import { AgentScript, commandTask, FRAMEWORK, MASTER } from "../testing/agent-script.ts";
import { memberExited, memberLaunched, runGroup, sandboxPrepared } from "../testing/group-script.ts";
import { MemoryTree } from "../testing/memory-tree.ts";
import { RECORDED } from "../testing/recorded.ts";

type Move = () => unknown;

/** So few that some come to their end. */
const MAX_TASKS = 4;

/** An agent with command tasks and groups, to which anything happens that can. */
class Life {
  readonly agent: AgentScript = new AgentScript().register();
  readonly records: CheckpointRecord[] = [
    { kind: "agent", agentId: "A", info: { ...this.agent.state.info, id: { value: "A" } } },
    { kind: "bootId" },
  ];
  #tasks = 0;

  #newTask(): ReturnType<typeof commandTask> {
    return commandTask(`t${this.#tasks++}`);
  }

  #movesOfExecutors(): Move[] {
    const { agent } = this;
    const executors = agent.state.frameworks.get(FRAMEWORK)?.executors.values() ?? [];
    return [...executors].flatMap(({ id, phase, command, group }): Move[] => {
      if (command?.phase === "LAUNCHING") return [() => agent.launched(id)];
      if (command !== undefined && phase === "RUNNING") return [() => agent.exited(id, { exitCode: 0 })];
      if (id === "d" && phase === "REGISTERING") return [() => sandboxPrepared(agent)];
      return [...(group?.runs.values() ?? [])].flatMap((run): Move[] =>
        run.phase === "LAUNCHING"
          ? [() => memberLaunched(agent, run.taskId)]
          : [0, 1].map((exitCode) => () => memberExited(agent, run.taskId, { exitCode })),
      );
    });
  }

  #moves(): Move[] {
    const { agent } = this;
    const { frameworks, streams } = agent.state;
    const launchExecutor = frameworks.get(FRAMEWORK)?.executors.has("d") !== true;
    const launches: Move[] = [
      () => agent.runTask(this.#newTask()),
      () => runGroup(agent, [this.#newTask(), this.#newTask()], { launchExecutor }),
    ];
    return [
      ...(this.#tasks < MAX_TASKS ? launches : []),
      ...this.#movesOfExecutors(),
      () => agent.kill(`t${this.#tasks - 1}`),
      ...[...streams.values()].map(
        ({ taskId }) =>
          () =>
            agent.acknowledge(taskId),
      ),
    ];
  }

  move(choice: number): void {
    const moves = this.#moves();
    moves[choice % moves.length]?.();
    for (const effect of this.agent.effects)
      if (effect.type === "checkpoint") this.records.push(effect.record);
  }
}

/** The tasks that a master would ask about. */
class Expected {
  readonly tasks = new Set<string>();
  readonly #ends = new Set<string>();

  /** `record` is about to be written: what is acknowledged may be forgotten. */
  begin(record: CheckpointRecord): void {
    if (record.kind === "update" && isTerminalState(record.update.status.state))
      this.#ends.add(record.update.uuid ?? "");
    if (record.kind === "acknowledgement" && this.#ends.has(record.uuid)) this.tasks.delete(record.at.taskId);
  }

  /** It is on the disk. */
  end(record: CheckpointRecord): void {
    if (record.kind === "task") this.tasks.add(record.at.taskId);
  }
}

/** What an agent that starts from this says it does not know of the tasks. */
function denied(tree: MemoryTree, tasks: ReadonlySet<string>): string[] {
  const agent = new AgentScript();
  agent.input({ type: "recovered", agent: readCheckpoints(tree, RECORDED) });
  agent.input({ type: "masterDetected", pid: MASTER });
  const statuses = [...tasks].map((id) => ({ task_id: { value: id }, state: "TASK_STAGING" as const }));
  const said = agent.message("SlaveReregisteredMessage", {
    agent_id: { value: "A" },
    reconciliations: [{ framework_id: { value: FRAMEWORK }, statuses }],
  });
  return said.filter((line) => line.includes("REASON_RECONCILIATION"));
}

test("no task is forgotten, whatever of the checkpoints is on the disk", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 30, maxLength: 50 }), (choices) => {
      const life = new Life();
      for (const choice of choices) life.move(choice);
      const tree = new MemoryTree();
      const expected = new Expected();
      for (const record of life.records) {
        expected.begin(record);
        for (const write of checkpointWrites(record, RECORDED)) {
          tree.apply([write]);
          assert.deepEqual(denied(tree, expected.tasks), []);
        }
        expected.end(record);
      }
    }),
    { numRuns: 150 },
  );
});
