// What a reason of GET /explain is told by in tests, and the agents, tasks and quota that bring a master there.
import type { AgentInfo, AgentInfoCapabilityType, QuotaConfig, Resource } from "@mezzo/wire";
import { AGENT_CAPABILITIES, launch, scalar, subscribe, task } from "../../../testing/cast.ts";
import type { Subscriber } from "../../../testing/operation-script.ts";
import { Stage } from "../../../testing/stage.ts";

/** What is asked in a state. */
export interface Asked {
  stage: Stage;
  about: Subscriber | undefined;
  role?: string;
  task?: string;
  agentId?: string | undefined;
}

/** A reason, its words, and how a master comes to give it. */
export interface ReasonCase {
  filter: string;
  words: string;
  prepare: () => Asked;
}

export const PID = "slave(1)@127.0.0.1:5051";
export const OTHER_PID = "slave(2)@127.0.0.1:5052";

/** Reserved for a role by the agent itself. */
export const reservedFor = (role: string, name: string, value: number): Resource => ({
  ...scalar(name, value),
  role,
});

const CAPABILITIES: readonly AgentInfoCapabilityType[] = [...AGENT_CAPABILITIES, "AGENT_DRAINING"];

/** Registers an agent; its id. */
export function addAgent(
  stage: Stage,
  {
    pid = PID,
    capabilities = CAPABILITIES,
    ...info
  }: Partial<AgentInfo> & {
    pid?: string;
    capabilities?: readonly AgentInfoCapabilityType[];
  } = {},
): string {
  stage.message("RegisterSlaveMessage", pid, {
    agent: { hostname: "host", port: 5051, resources: [scalar("cpus", 4), scalar("mem", 1024)], ...info },
    version: "1.11.0",
    agent_capabilities: capabilities.map((type) => ({ type })),
  });
  return stage.state.agents.byPid.get(pid) ?? "";
}

/** A framework in role `r` and an agent that nobody has been offered yet. */
export function both(): { stage: Stage; about: ReturnType<typeof subscribe>; agentId: string } {
  const stage = new Stage();
  return { stage, about: subscribe(stage), agentId: addAgent(stage) };
}

/** The same with an agent of which so much is used by a task; nothing of the rest is filtered any more. */
export function withTask(cpus: number, mem: number): ReturnType<typeof both> {
  const asked = both();
  launch(asked.stage, asked.about, [
    task("t", asked.agentId, { resources: [scalar("cpus", cpus), scalar("mem", mem)] }),
  ]);
  asked.stage.now += 10_000;
  return asked;
}

/** Sets quota, even more than there is. */
export function setQuota(stage: Stage, ...configs: QuotaConfig[]): void {
  stage.take({ type: "update-quota", request: 1, configs, force: true });
}

export const limit = (role: string, cpus: number): QuotaConfig => ({
  role,
  limits: { cpus: { value: cpus } },
});

export const guarantee = (role: string, cpus: number): QuotaConfig => ({
  role,
  guarantees: { cpus: { value: cpus } },
  limits: { cpus: { value: cpus } },
});
