// Brings a master and an agent into the situation in which the answers of test/reference were recorded.
import { join } from "node:path";
import type { FrameworkInfo } from "@mezzo/wire";
import { startAgent, startMaster, type Server } from "../support/cluster.ts";
import { Framework, scalars } from "../support/framework.ts";
import { mezzo, type Story } from "../support/story.ts";
import { until } from "../support/until.ts";

export interface Situation {
  master: Server;
  agent: Server & { id: string };
}

const ATTRIBUTES = "rack:r1;zone:z1;speed:10";
const RESOURCES = "cpus:4;mem:4096;disk:10000;ports:[31000-32000]";

/** The framework of the recording that is on the HTTP API. */
export const SAMPLE_FRAMEWORK: Partial<FrameworkInfo> = {
  name: "sample-framework",
  hostname: "localhost",
  webui_url: "http://example.invalid/",
  failover_timeout: 5,
  roles: ["eng/web"],
  labels: { labels: [{ key: "team", value: "infra" }] },
  capabilities: [
    { type: "MULTI_ROLE" },
    { type: "RESERVATION_REFINEMENT" },
    { type: "PARTITION_AWARE" },
    { type: "TASK_KILLING_STATE" },
    { type: "REVOCABLE_RESOURCES" },
  ],
};

/** A master and an agent that has just registered. */
export async function idleSituation(story: Story): Promise<Situation> {
  const master = await startMaster(story);
  const flags = [`--attributes=${ATTRIBUTES}`, `--resources=${RESOURCES}`];
  return { master, agent: await startAgent(story, master, { flags }) };
}

function operate(master: Server, call: object): Promise<Response> {
  return fetch(`http://${master.address}/api/v1`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(call),
  });
}

async function must(answer: Promise<Response>): Promise<void> {
  const { ok, status, url } = await answer;
  if (!ok) throw new Error(`${url} answers ${status}`);
}

/**
 * A framework as mesos-execute is one, whose task has ended. As in the recording it goes before its acknowledgement of
 * that has reached the agent.
 */
export async function endedFramework(master: Server, task: string, command: string): Promise<void> {
  const framework = new Framework({
    master: master.address,
    info: {
      name: "mesos-execute instance",
      role: "*",
      roles: [],
      checkpoint: false,
      failover_timeout: 0,
      capabilities: [
        { type: "RESERVATION_REFINEMENT" },
        { type: "TASK_KILLING_STATE" },
        { type: "REVOCABLE_RESOURCES" },
        { type: "PARTITION_AWARE" },
      ],
    },
    acknowledge: ({ state }) => state === "TASK_STARTING" || state === "TASK_RUNNING",
  });
  await framework.subscribe();
  await framework.launch([framework.command(task, command)]);
  await until(`task ${task} has ended`, () =>
    framework.states(task).some((state) => state === "TASK_FINISHED" || state === "TASK_FAILED"),
  );
  await framework.teardown();
}

/** Two frameworks have ended, with a finished and a failed task; two run a task each; dev has weight, quota, resources. */
export async function busySituation(story: Story): Promise<Situation> {
  const { master, agent } = await idleSituation(story);
  await endedFramework(master, "finished", "echo finished");
  await endedFramework(master, "failed", "exit 3");
  const flags = ["--role=dev", "--resources=cpus:0.5;mem:64", '--env={"FOO":"bar"}'];
  const command = [mezzo, "execute", `--master=${master.address}`, "--name=running", ...flags];
  const running = story.start([...command, "--command=echo running; sleep 1000"]);
  await running.sees(/TASK_RUNNING/);

  const sample = new Framework({ master: master.address, info: SAMPLE_FRAMEWORK });
  await sample.subscribe();
  story.closes(() => sample.disconnect());
  await sample.launch([
    sample.command("web-1", "echo from-sample; sleep 1000", {
      name: "web",
      resources: scalars({ cpus: 0.2, mem: 32 }),
      labels: { labels: [{ key: "tier", value: "front" }] },
    }),
  ]);
  await sample.sees("web-1", "TASK_RUNNING");
  await sample.rest();

  const weights = { weight_infos: [{ role: "dev", weight: 2.5 }] };
  await must(operate(master, { type: "UPDATE_WEIGHTS", update_weights: weights }));
  const config = {
    role: "dev",
    guarantees: { cpus: { value: 1 }, mem: { value: 256 } },
    limits: { cpus: { value: 2 }, mem: { value: 1024 } },
  };
  await must(
    operate(master, { type: "UPDATE_QUOTA", update_quota: { force: true, quota_configs: [config] } }),
  );
  const reservation = { type: "DYNAMIC", role: "dev", principal: "ops" };
  const reserved = { name: "cpus", type: "SCALAR", scalar: { value: 0.5 }, reservations: [reservation] };
  const reserve = { agent_id: { value: agent.id }, resources: [reserved] };
  await must(operate(master, { type: "RESERVE_RESOURCES", reserve_resources: reserve }));
  return { master, agent };
}

/** Where an endpoint's recorded answer lies: `master/state.json` is `GET /state` of the master. */
export const referencePath = (folder: string, file: string): string =>
  join(import.meta.dirname, "../../reference", folder, file);
