// A persistent volume outlives the task that wrote it, its agent and its master, until somebody destroys it.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { OfferOperation, OperationStatus, Resource } from "@mezzo/wire";
import { getJson, listAgents, startAgent, startMaster, type Server } from "../support/cluster.ts";
import { Framework, scalars } from "../support/framework.ts";
import { Story } from "../support/story.ts";
import { until } from "../support/until.ts";

const ROLE = "story";

function reserved(value: number, more: Partial<Resource> = {}): Resource {
  const reservations = [{ type: "DYNAMIC" as const, role: ROLE }];
  return { name: "disk", type: "SCALAR", scalar: { value }, reservations, ...more };
}

const disk = { persistence: { id: "diary" }, volume: { container_path: "data", mode: "RW" as const } };

const volume = (value = 64): Resource => reserved(value, { disk });

const isVolume = ({ disk: info }: Resource): boolean => info?.persistence?.id === "diary";

void describe("a persistent volume", () => {
  const story = new Story({ after });
  let master: Server;
  let agent: Awaited<ReturnType<typeof startAgent>>;
  let framework: Framework;

  const capabilities = ["MULTI_ROLE", "RESERVATION_REFINEMENT", "PARTITION_AWARE"] as const;

  before(async () => {
    master = await startMaster(story);
    agent = await startAgent(story, master);
    const info = { capabilities: capabilities.map((type) => ({ type })) };
    framework = new Framework({ master: master.address, info });
    await framework.subscribe();
  });

  const path = (): string => join(agent.workDir, "volumes/roles", ROLE, "diary");

  const statuses = (): OperationStatus[] =>
    framework.events
      .flatMap(({ update_operation_status }) => update_operation_status?.status ?? [])
      .filter(({ uuid }) => uuid !== undefined);

  const acknowledged = new Set<OperationStatus>();

  async function acknowledge(status: OperationStatus): Promise<void> {
    acknowledged.add(status);
    await framework.must({
      type: "ACKNOWLEDGE_OPERATION_STATUS",
      acknowledge_operation_status: {
        agent_id: { value: agent.id },
        operation_id: status.operation_id ?? { value: "" },
        uuid: status.uuid?.value ?? "",
      },
    });
  }

  async function ends(id: string): Promise<void> {
    const find = (): OperationStatus | undefined =>
      statuses().find(({ operation_id }) => operation_id?.value === id);
    const status = await until(`operation ${id} ends`, find);
    assert.equal(status.state, "OPERATION_FINISHED", status.message);
    await acknowledge(status);
  }

  /** An agent that was killed before the acknowledgement was on its disk says it again. */
  async function acknowledgeWhatIsRepeated(): Promise<void> {
    for (const status of statuses()) if (!acknowledged.has(status)) await acknowledge(status);
  }

  /** Operations on the next offer that has the volume. */
  async function withVolume(operations: OfferOperation[]): Promise<void> {
    const offer = await framework.offer(({ resources = [] }) => resources.some(isVolume));
    await framework.accept(offer, operations);
  }

  function launch(id: string, command: string, used = volume()): OfferOperation {
    const resources = [...scalars({ cpus: 0.1, mem: 32 }), used];
    const task = { ...framework.command(id, command, { resources }), agent_id: { value: agent.id } };
    return { type: "LAUNCH", launch: { task_infos: [task] } };
  }

  const operationsOfMaster = async (): Promise<unknown[]> => {
    const call = { type: "GET_OPERATIONS" };
    interface Answer {
      get_operations?: { operations?: unknown[] };
    }
    return (
      (await getJson<Answer>(master.address, "/api/v1", { body: call })).get_operations?.operations ?? []
    );
  };

  void it("is reserved, made and written to in one call, and says when it is there", async () => {
    const offer = await framework.offer();
    await framework.accept(offer, [
      { type: "RESERVE", id: { value: "reserve" }, reserve: { resources: [reserved(128)] } },
      { type: "CREATE", id: { value: "create" }, create: { volumes: [volume()] } },
      launch("write", "echo first > data/diary"),
    ]);
    await framework.sees("write", "TASK_FINISHED");
    await ends("reserve");
    await ends("create");
    assert.equal(readFileSync(join(path(), "diary"), "utf8"), "first\n");
    await until("the master has no operations left", async () => (await operationsOfMaster()).length === 0);
  });

  void it("is there after its agent was killed, and is read by the next task", async () => {
    await agent.child.stop("SIGKILL");
    await until("the master notices", async () => (await listAgents(master)).every(({ active }) => !active));
    const { id, port } = agent;
    agent = await startAgent(story, master, { port });
    assert.equal(agent.id, id);
    await withVolume([launch("append", "grep -q first data/diary && echo second >> data/diary")]);
    await framework.sees("append", "TASK_FINISHED");
    assert.equal(readFileSync(join(path(), "diary"), "utf8"), "first\nsecond\n");
  });

  void it("is known to the next master", async () => {
    await master.child.stop("SIGKILL");
    await until("the framework has lost its master", () => !framework.isConnected);
    master = await startMaster(story, { port: master.port });
    await framework.subscribe();
    await withVolume([
      {
        type: "GROW_VOLUME",
        id: { value: "grow" },
        grow_volume: { volume: volume(), addition: reserved(32) },
      },
    ]);
    await ends("grow");
    await withVolume([launch("third", "echo third >> data/diary", volume(96))]);
    await framework.sees("third", "TASK_FINISHED");
    assert.equal(readFileSync(join(path(), "diary"), "utf8"), "first\nsecond\nthird\n");
  });

  void it("goes with its data when an operator destroys it", async () => {
    const post = async (name: string, form: Record<string, string>): Promise<string> => {
      const body = new URLSearchParams({ slaveId: agent.id, ...form }).toString();
      const answer = await fetch(`http://${master.address}/${name}`, { method: "POST", body });
      return `${answer.status} ${await answer.text()}`;
    };
    assert.equal(await post("destroy-volumes", { volumes: JSON.stringify([volume(96)]) }), "202 ");
    await until("the data is gone", () => !existsSync(path()));
    assert.equal(await post("unreserve", { resources: JSON.stringify([reserved(128)]) }), "202 ");
    interface Agents {
      slaves: { reserved_resources: object }[];
    }
    const agents = await getJson<Agents>(master.address, "/slaves");
    assert.deepEqual(agents.slaves[0]?.reserved_resources, {});
    await until("the agent has told the master", async () => {
      await acknowledgeWhatIsRepeated();
      return (await operationsOfMaster()).length === 0;
    });
  });
});
