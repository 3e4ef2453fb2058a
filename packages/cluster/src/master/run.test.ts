// A master as it runs: its streams, its answers that wait for the registry, and what makes it end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type DomainInfo, type MasterInfo, encodeProtobuf } from "@mezzo/wire";
import { systemClock } from "../core/clock.ts";
import { silentLogger } from "../core/logger.ts";
import { systemRandom } from "../core/random.ts";
import type { Election } from "../election/election.ts";
import { HttpServer } from "../net/http/server.ts";
import { Libprocess } from "../net/libprocess/libprocess.ts";
import type { Message } from "../net/libprocess/message.ts";
import type { RegistryChange, RegistryStore } from "../store/registry-store.ts";
import { MemoryStore } from "../store/memory-store.ts";
import { defaultMasterOptions } from "./options.ts";
import { MasterProcess } from "./run.ts";

/** A store whose commits wait until a test lets them through. */
class SlowStore implements RegistryStore {
  readonly #store = new MemoryStore();
  readonly waiting: (() => void)[] = [];

  load(): Promise<Map<string, Uint8Array>> {
    return this.#store.load();
  }

  async commit(changes: readonly RegistryChange[]): Promise<void> {
    await new Promise<void>((resume) => this.waiting.push(resume));
    await this.#store.commit(changes);
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}

const surroundings = { clock: systemClock, logger: silentLogger };

/** A master on any free port. */
async function startMaster(store: RegistryStore = new MemoryStore()): Promise<MasterProcess> {
  const master = new MasterProcess(
    { ...defaultMasterOptions, port: 0 },
    { ...surroundings, random: systemRandom, store },
  );
  await master.start();
  return master;
}

/** Waits until something is so; fails when it never is. */
async function until(condition: () => boolean): Promise<void> {
  for (let turns = 0; !condition(); turns++) {
    assert.ok(turns < 10_000, "it never happens");
    await new Promise((resume) => setImmediate(resume));
  }
}

test("MasterProcess streams events to a scheduler and offers it an agent", async () => {
  const master = await startMaster();
  const url = `http://127.0.0.1:${master.address.port}`;
  try {
    assert.equal((await fetch(`${url}/health`)).status, 200);
    const response = await fetch(`${url}/api/v1/scheduler`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ type: "SUBSCRIBE", subscribe: { framework_info: { user: "u", name: "n" } } }),
    });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.match(response.headers.get("mesos-stream-id") ?? "", /^[0-9a-f-]{36}$/);
    const reader = response.body?.getReader();
    assert.ok(reader !== undefined);
    const decoder = new TextDecoder();
    let text = "";
    while (!text.includes("HEARTBEAT")) text += decoder.decode((await reader.read()).value, { stream: true });
    assert.match(text, /^\d+\n\{"type":"SUBSCRIBED",.*"heartbeat_interval_seconds":15/);
    await reader.cancel();
    await until(() =>
      [...master.state.frameworks.registered.values()].every(({ state }) => state !== "connected"),
    );
  } finally {
    await master.stop();
  }
});

test("MasterProcess streams events to an operator, who needs no id of the stream", async () => {
  const master = await startMaster();
  try {
    const response = await fetch(`http://127.0.0.1:${master.address.port}/api/v1`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ type: "SUBSCRIBE" }),
    });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.equal(response.headers.get("mesos-stream-id"), null);
    const reader = response.body?.getReader();
    assert.ok(reader !== undefined);
    const decoder = new TextDecoder();
    let text = "";
    while (!text.includes("HEARTBEAT")) text += decoder.decode((await reader.read()).value, { stream: true });
    assert.match(text, /^\d+\n\{"type":"SUBSCRIBED",/);
    await reader.cancel();
    await until(() => master.state.operatorStreams.size === 0);
  } finally {
    await master.stop();
  }
});

test("MasterProcess answers an agent only when the registry has it", async () => {
  const store = new SlowStore();
  const master = await startMaster(store);
  const server = new HttpServer({ ip: "127.0.0.1", port: 0 }, surroundings);
  await server.listen();
  const agent = new Libprocess({ id: "slave(1)", ...server.address }, surroundings);
  const arrived: Message[] = [];
  agent.onMessage((message) => arrived.push(message));
  agent.attach(server);
  try {
    const body = encodeProtobuf("RegisterSlaveMessage", { agent: { hostname: "h" }, version: "1.11.0" });
    const to = `master@127.0.0.1:${master.address.port}`;
    agent.send({ to, name: "mesos.internal.RegisterSlaveMessage", body });
    await until(() => store.waiting.length === 1);
    assert.deepEqual(arrived, []);
    store.waiting.shift()?.();
    await until(() => arrived.some(({ name }) => name === "mesos.internal.SlaveRegisteredMessage"));
  } finally {
    agent.close();
    await server.close();
    await master.stop();
  }
});

test("MasterProcess says once, and when it has stopped, that several writes have failed", async () => {
  const happened: string[] = [];
  const failures: ((error: Error) => void)[] = [];
  const store: RegistryStore = {
    load: () => Promise.resolve(new Map()),
    commit: () => new Promise((_resolve, reject) => failures.push(reject)),
    close: () => {
      happened.push("closed");
      return Promise.resolve();
    },
  };
  const aborts = Promise.withResolvers<void>();
  const onAbort = (reason: string): void => {
    happened.push(reason);
    aborts.resolve();
  };
  const master = new MasterProcess(
    { ...defaultMasterOptions, port: 0 },
    { ...surroundings, random: systemRandom, store, onAbort },
  );
  await master.start();
  for (const port of [1, 2, 3])
    master.submit({
      type: "message",
      name: "RegisterSlaveMessage",
      from: `slave(1)@127.0.0.1:${port}`,
      body: { agent: { hostname: "h" }, version: "1.11.0" },
    });
  await until(() => failures.length === 3);
  for (const fail of failures) fail(new Error("the disk is full"));
  await aborts.promise;
  await master.stop();
  assert.deepEqual(happened, ["closed", "Cannot write the registry: Error: the disk is full"]);
});

test("MasterProcess drops messages it cannot read", async () => {
  const master = await startMaster();
  try {
    const response = await fetch(
      `http://127.0.0.1:${master.address.port}/master/mesos.internal.RegisterSlaveMessage`,
      { method: "POST", headers: { "Libprocess-From": "x@127.0.0.1:1" }, body: "\xff\xff" },
    );
    assert.equal(response.status, 202);
    assert.equal(master.state.counters.messages_register_slave, 0);
  } finally {
    await master.stop();
  }
});

test("MasterProcess ends where another leads from another region", async () => {
  const domain = (region: string): DomainInfo => ({
    fault_domain: { region: { name: region }, zone: { name: "z" } },
  });
  const follow = async (region: string): Promise<{ master: MasterProcess; end: Promise<string> }> => {
    const store = new MemoryStore();
    let leads = (_leader: MasterInfo): void => assert.fail("the master has not stood for election");
    const election: Election = {
      place: "nowhere",
      store,
      join: (_info, listener) => (leads = (leader) => listener.follows(leader)),
      close: () => {},
    };
    let onAbort = (_reason: string): void => {};
    const end = new Promise<string>((resolve) => (onAbort = resolve));
    const master = new MasterProcess(
      { ...defaultMasterOptions, port: 0, domain: domain("here") },
      { ...surroundings, random: systemRandom, store, election, onAbort },
    );
    await master.start();
    leads({ id: "other", ip: 1, port: 5050, domain: domain(region) });
    return { master, end };
  };
  const { master } = await follow("here");
  assert.equal((await fetch(`http://127.0.0.1:${master.address.port}/health`)).status, 200);
  await master.stop();
  const { end } = await follow("elsewhere");
  assert.match(await end, /all masters in the same cluster must use the same region$/);
});
