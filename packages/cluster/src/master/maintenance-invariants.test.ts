// A property: whatever happens to machines and drains, master and registry have the same of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { MachineID, ReregisterSlaveMessage } from "@mezzo/wire";
import fc from "fast-check";
import { maintenanceSchedule, maintenanceStatus } from "./api/read/maintenance.ts";
import { drainStatusOf } from "./drain-status.ts";
import { decodeRegistry } from "./registry/decode-registry.ts";
import { scalar, subscribe } from "./testing/cast.ts";
import { keepRecords } from "./testing/keep-records.ts";
import { Stage } from "./testing/stage.ts";

const CAPABILITIES = ["MULTI_ROLE", "HIERARCHICAL_ROLE", "RESERVATION_REFINEMENT", "AGENT_DRAINING"] as const;
const ACTIONS = [
  "allocate",
  "wait",
  "answer",
  "schedule",
  "start",
  "stop",
  "drain",
  "mark-gone",
  "deactivate",
  "reactivate",
  "break-link",
  "come-back",
  "give-up",
  "unregister",
  "disconnect-framework",
  "subscribe",
] as const;

/** One thing that happens to machine, agent or framework number `which`. */
interface Act {
  action: (typeof ACTIONS)[number];
  which: number;
}

/** A stage whose registry can be read again, with two machines, an agent on each, and a framework. */
class RandomStage {
  readonly #stage = new Stage();
  readonly records = new Map<string, Uint8Array>();
  readonly #agentIds: string[] = [];
  #framework: ReturnType<typeof subscribe> | undefined;
  #plans = 0;

  constructor() {
    for (const which of [0, 1]) this.act({ action: "come-back", which });
    this.act({ action: "subscribe", which: 0 });
  }

  #pid(which: number): string {
    return `slave(1)@10.0.0.${which}:5051`;
  }

  #machine(which: number): MachineID {
    return { hostname: `host${which}`, ip: `10.0.0.${which}` };
  }

  #comeBack(which: number): void {
    const known = this.#agentIds[which];
    const agent = { hostname: `host${which}`, resources: [scalar("cpus", 4), scalar("mem", 1024)] };
    const body: ReregisterSlaveMessage = {
      agent: known === undefined ? agent : { ...agent, id: { value: known } },
      version: "1.11.0",
      agent_capabilities: CAPABILITIES.map((type) => ({ type })),
    };
    const pid = this.#pid(which);
    this.#stage.message(known === undefined ? "RegisterSlaveMessage" : "ReregisterSlaveMessage", pid, body);
    const agentId = this.#stage.state.agents.byPid.get(pid);
    if (agentId !== undefined) this.#agentIds[which] = agentId;
  }

  #answer(which: number): void {
    const framework = this.#framework;
    if (framework === undefined) return;
    const inverse_offer_ids = [...this.#stage.state.inverseOffers.byId.keys()].map((value) => ({ value }));
    const call = { inverse_offer_ids, filters: { refuse_seconds: which } };
    const framework_id = { value: framework.id };
    this.#stage.call(
      which === 0
        ? { type: "ACCEPT_INVERSE_OFFERS", framework_id, accept_inverse_offers: call }
        : { type: "DECLINE_INVERSE_OFFERS", framework_id, decline_inverse_offers: call },
      framework.streamId,
    );
  }

  act(act: Act): void {
    this.#perform(act);
    keepRecords(this.#stage, this.records);
  }

  #perform({ action, which }: Act): void {
    const agentId = this.#agentIds[which] ?? "nobody";
    const machines = [this.#machine(which)];
    const unavailability = { start: { nanoseconds: ++this.#plans } };
    switch (action) {
      case "allocate":
        return void this.#stage.allocate();
      case "wait":
        this.#stage.now += 1000;
        return void this.#stage.allocate();
      case "answer":
        return this.#answer(which);
      case "schedule": {
        const windows =
          which === 0 ? [] : [{ machine_ids: [0, 1].map((each) => this.#machine(each)), unavailability }];
        return void this.#stage.take({
          type: "update-maintenance-schedule",
          request: 1,
          schedule: { windows },
        });
      }
      case "start":
        return void this.#stage.take({ type: "start-maintenance", request: 1, machines });
      case "stop":
        return void this.#stage.take({ type: "stop-maintenance", request: 1, machines });
      case "drain":
      case "mark-gone": {
        const config = { mark_gone: action === "mark-gone" };
        return void this.#stage.take({ type: "drain-agent", request: 1, agentId, config });
      }
      case "deactivate":
        return void this.#stage.take({ type: "deactivate-agent", request: 1, agentId });
      case "reactivate":
        return void this.#stage.take({ type: "reactivate-agent", request: 1, agentId });
      case "break-link":
        return void this.#stage.take({ type: "exited", pid: this.#pid(which) });
      case "come-back":
        return this.#comeBack(which);
      case "give-up":
        return void this.#stage.take({
          type: "timer",
          timer: "agent-reregister",
          agentId,
          reregisteredTime: 0,
        });
      case "unregister":
        return void this.#stage.message("UnregisterSlaveMessage", this.#pid(which), {
          agent_id: { value: agentId },
        });
      case "disconnect-framework":
        return void this.#stage.take({ type: "stream-closed", streamId: this.#framework?.streamId ?? "" });
      case "subscribe": {
        const id = this.#framework?.id;
        const info = { failover_timeout: 1e6, ...(id === undefined ? {} : { id: { value: id } }) };
        this.#framework = subscribe(this.#stage, info);
      }
    }
  }

  /** A new master knows what this one knows. */
  checkRegistry(): void {
    const next = new Stage();
    next.take({ type: "recovered", registry: decodeRegistry(this.records) });
    assert.deepEqual(maintenanceSchedule(next.state), maintenanceSchedule(this.#stage.state));
    const modes = ({ state }: Stage): unknown => {
      const { draining_machines: draining = [], down_machines: down = [] } = maintenanceStatus(state);
      return [
        draining.map(({ id }) => id.hostname ?? "").toSorted(),
        down.map(({ hostname = "" }) => hostname).toSorted(),
      ];
    };
    assert.deepEqual(modes(next), modes(this.#stage));
    for (const agentId of this.#agentIds) {
      assert.deepEqual(drainStatusOf(next.state, agentId), drainStatusOf(this.#stage.state, agentId));
    }
  }
}

test("step() keeps the books of machines and drains, and the registry with them", () => {
  const act = fc.record({ action: fc.constantFrom(...ACTIONS), which: fc.integer({ min: 0, max: 1 }) });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40, size: "max" }), (acts) => {
      const stage = new RandomStage();
      for (const each of acts) stage.act(each);
      stage.checkRegistry();
    }),
    { numRuns: 200 },
  );
});
