// What the operator API's GET calls show, leave out and hide.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { MasterResponse, MasterResponseType, Resource } from "@mezzo/wire";
import { systemClock } from "../../../core/clock.ts";
import { silentLogger } from "../../../core/logger.ts";
import { systemRandom } from "../../../core/random.ts";
import { viewerOf } from "../../../authorization/viewer.ts";
import { MemoryStore } from "../../../store/memory-store.ts";
import { type MasterOptions, defaultMasterOptions } from "../../options.ts";
import { MasterProcess } from "../../run.ts";
import { launch, registerAgent, scalar, subscribe, task } from "../../testing/cast.ts";
import { READ_SOURCES } from "../../testing/read-sources.ts";
import { Stage, testUuid } from "../../testing/stage.ts";
import { answerReadCall } from "./read-calls.ts";

/** The text that a fresh master answers with. */
async function ask(path: string, { type, options }: { type?: string; options?: Partial<MasterOptions> }) {
  const master = new MasterProcess(
    { ...defaultMasterOptions, port: 0, ...options },
    { clock: systemClock, logger: silentLogger, random: systemRandom, store: new MemoryStore() },
  );
  await master.start();
  try {
    const response = await fetch(`http://127.0.0.1:${master.address.port}${path}`, {
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      ...(type !== undefined && { method: "POST", body: JSON.stringify({ type }) }),
    });
    return await response.text();
  } finally {
    await master.stop();
  }
}

test("answerReadCall() leaves get_weights out while there are none", async () => {
  assert.equal(await ask("/api/v1", { type: "GET_WEIGHTS" }), '{"type":"GET_WEIGHTS"}');
  assert.equal(
    await ask("/api/v1", { type: "GET_WEIGHTS", options: { weights: { dev: 2 } } }),
    '{"type":"GET_WEIGHTS","get_weights":{"weight_infos":[{"weight":2,"role":"dev"}]}}',
  );
});

test("/system/stats.json tells of the machine, whatever the client accepts", async () => {
  const document = JSON.parse(await ask("/system/stats.json", {})) as Record<string, number>;
  assert.ok((document["cpus_total"] ?? 0) > 0);
});

/** What the master on a stage answers to `principal`. */
function read(stage: Stage, type: MasterResponseType, principal?: string): MasterResponse {
  const viewer = viewerOf(stage.state.authorizer, principal);
  const response = answerReadCall(stage.state, { type }, { ...READ_SOURCES, principal, viewer });
  assert.ok(response !== undefined);
  return response;
}

/** An agent whose resources are what an operator wrote. */
function registerWith(stage: Stage, resources: Resource[]): void {
  stage.message("RegisterSlaveMessage", "slave(1)@127.0.0.1:5051", {
    agent: { hostname: "host", port: 5051, resources },
    version: "1.11.0",
    agent_capabilities: [
      { type: "MULTI_ROLE" },
      { type: "HIERARCHICAL_ROLE" },
      { type: "RESERVATION_REFINEMENT" },
    ],
  });
}

const reservedTo = (role: string): Pick<Resource, "reservations"> => ({
  reservations: [{ type: "STATIC", role }],
});

test("GET_ROLES shows the roles of --roles, * among them, and of what they hold the four that are always scalars", () => {
  const stage = new Stage({ roles: ["r"], weights: { r: 2.5 } });
  const ports: Resource = {
    name: "ports",
    type: "RANGES",
    ranges: { range: [{ begin: 31_000, end: 31_001 }] },
  };
  registerWith(stage, [scalar("cpus", 0.5), scalar("mem", 512), scalar("licences", 3), ports]);
  const { id } = subscribe(stage);
  stage.allocate();
  assert.deepEqual(read(stage, "GET_ROLES").get_roles?.roles, [
    { name: "*", weight: 1 },
    {
      name: "r",
      weight: 2.5,
      frameworks: [{ value: id }],
      resources: [scalar("cpus", 0.5), scalar("mem", 512)],
    },
  ]);
});

test("GET_AGENTS hides resources of roles that may not be seen, also in what the agent said of itself", () => {
  const stage = new Stage({
    acls: { view_roles: [{ principals: { values: ["guest"] }, roles: { type: "NONE" } }] },
  });
  const open = scalar("cpus", 2);
  registerWith(stage, [open, { ...scalar("cpus", 1), ...reservedTo("secret") }]);
  const shown = (principal: string): (number | undefined)[] => {
    const [agent] = read(stage, "GET_AGENTS", principal).get_agents?.agents ?? [];
    return [agent?.agent_info.resources?.length, agent?.total_resources?.length];
  };
  assert.deepEqual(shown("admin"), [2, 2]);
  assert.deepEqual(shown("guest"), [1, 1]);
});

test("GET_AGENTS shows resource providers as they described themselves", () => {
  const stage = new Stage();
  const agentId = registerAgent(stage);
  const provider = (id: string, total: Resource[]) => ({
    info: { id: { value: id }, type: "org.example.rp", name: id },
    total_resources: total,
    operations: {},
    resource_version_uuid: { value: testUuid(1) },
  });
  const disk = { ...scalar("disk", 200), provider_id: { value: "full" } };
  stage.message("UpdateSlaveMessage", "slave(1)@127.0.0.1:5051", {
    agent_id: { value: agentId },
    resource_providers: { providers: [provider("full", [disk]), provider("empty", [])] },
  });
  const [agent] = read(stage, "GET_AGENTS").get_agents?.agents ?? [];
  assert.deepEqual(agent?.resource_providers, [
    { resource_provider_info: provider("full", []).info, total_resources: [disk] },
    { resource_provider_info: provider("empty", []).info },
  ]);
});

test("GET_FRAMEWORKS shows what a framework was asked to give back, until it has answered", () => {
  const stage = new Stage();
  const agentId = registerAgent(stage);
  const framework = subscribe(stage);
  launch(stage, framework, [task("t", agentId)]);
  stage.take({
    type: "update-maintenance-schedule",
    request: 1,
    schedule: {
      windows: [
        {
          machine_ids: [{ hostname: "host", ip: "127.0.0.1" }],
          unavailability: { start: { nanoseconds: 3600e9 } },
        },
      ],
    },
  });
  stage.allocate();
  const asked = (): (string | undefined)[] | undefined =>
    read(stage, "GET_FRAMEWORKS").get_frameworks?.frameworks?.[0]?.inverse_offers?.map(
      ({ agent_id }) => agent_id?.value,
    );
  assert.deepEqual(asked(), [agentId]);
  const [id = ""] = stage.state.inverseOffers.byId.keys();
  stage.call(
    {
      type: "ACCEPT_INVERSE_OFFERS",
      framework_id: { value: framework.id },
      accept_inverse_offers: { inverse_offer_ids: [{ value: id }] },
    },
    framework.streamId,
  );
  assert.equal(asked(), undefined);
});
