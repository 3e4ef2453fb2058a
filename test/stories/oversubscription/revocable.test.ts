// Revocable resources: an agent offers what nobody uses, and takes it back when the machine has too much to do.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Offer, Resource, TaskInfo } from "@mezzo/wire";
import { startAgent, startMaster, type Server } from "../support/cluster.ts";
import { Framework, scalars } from "../support/framework.ts";
import { Story } from "../support/story.ts";

const modules = (parameters: { estimator: string; load: string }): string =>
  JSON.stringify({
    libraries: [
      {
        file: "libfixed_resource_estimator.so",
        modules: [
          {
            name: "org_apache_mesos_FixedResourceEstimator",
            parameters: [{ key: "resources", value: parameters.estimator }],
          },
        ],
      },
      {
        file: "libload_qos_controller.so",
        modules: [
          {
            name: "org_apache_mesos_LoadQoSController",
            parameters: [{ key: "load_threshold_5min", value: parameters.load }],
          },
        ],
      },
    ],
  });

void describe("an agent that oversubscribes", () => {
  const story = new Story({ after });
  let master: Server;
  const flags = [
    "--resource_estimator=org_apache_mesos_FixedResourceEstimator",
    "--oversubscribed_resources_interval=100ms",
    "--qos_controller=org_apache_mesos_LoadQoSController",
  ];

  before(async () => {
    master = await startMaster(story);
  });

  async function subscribed(): Promise<Framework> {
    const capabilities = ["MULTI_ROLE", "PARTITION_AWARE", "REVOCABLE_RESOURCES"] as const;
    const framework = new Framework({
      master: master.address,
      info: { capabilities: capabilities.map((type) => ({ type })) },
    });
    await framework.subscribe();
    return framework;
  }

  const has = ({ resources: offered = [] }: Offer, what: (resource: Resource) => boolean): boolean =>
    offered.some((resource) => what(resource));
  const isSpare = ({ revocable }: Resource): boolean => revocable !== undefined;

  /** Everything of the agent: what is spare may be told, and offered, later than the rest. */
  async function allOffers(framework: Framework): Promise<[Offer, ...Offer[]]> {
    const first = await framework.offer((offer) => has(offer, ({ name }) => name === "mem"));
    return has(first, isSpare) ? [first] : [first, await framework.offer((offer) => has(offer, isSpare))];
  }

  const launch = (framework: Framework, offers: Offer[], task_infos: TaskInfo[]): Promise<void> =>
    framework.must({
      type: "ACCEPT",
      accept: {
        offer_ids: offers.map(({ id }) => id),
        operations: [{ type: "LAUNCH", launch: { task_infos } }],
      },
    });

  const spare = { name: "cpus", type: "SCALAR" as const, scalar: { value: 1.5 }, revocable: {} };
  const resources = [...scalars({ mem: 32 }), spare];

  void it("offers spare cpus to those who can live with losing them", async () => {
    const quiet = modules({ estimator: "cpus:2", load: "1000000" });
    const agent = await startAgent(story, master, { flags: [...flags, `--modules=${quiet}`] });
    const framework = await subscribed();
    const offers = await allOffers(framework);
    const [{ agent_id }] = offers;
    const cpus = offers.flatMap((offer) => offer.resources ?? []).filter(({ name }) => name === "cpus");
    assert.deepEqual(
      new Map(cpus.map(({ scalar, revocable }) => [scalar?.value, revocable !== undefined])),
      new Map([
        [2, true],
        [4, false],
      ]),
    );
    const task = { ...framework.command("spare", "sleep 1", { resources }), agent_id };
    await launch(framework, offers, [task]);
    await framework.sees("spare", "TASK_FINISHED");
    await framework.teardown();
    await agent.child.stop("SIGUSR1");
  });

  void it("ends revocable tasks alone when the load is too high", async () => {
    const busy = modules({ estimator: "cpus:2", load: "-1" });
    await startAgent(story, master, { name: "busy", flags: [...flags, `--modules=${busy}`] });
    const framework = await subscribed();
    const offers = await allOffers(framework);
    const [{ agent_id }] = offers;
    const task = (id: string, more: Partial<TaskInfo>): TaskInfo => ({
      ...framework.command(id, "sleep 1000", more),
      agent_id,
    });
    const task_infos = [task("firm", {}), task("spare", { resources })];
    await launch(framework, offers, task_infos);
    const { reason, message } = await framework.sees("spare", "TASK_GONE");
    assert.equal(reason, "REASON_CONTAINER_PREEMPTED");
    assert.equal(message, "Container preempted by QoS correction");
    await framework.sees("firm", "TASK_RUNNING");
    await framework.teardown();
  });
});
