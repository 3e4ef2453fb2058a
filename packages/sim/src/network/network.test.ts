// The simulated network: order, broken connections, partitions.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SeededRandom } from "../time/seeded-random.ts";
import { SimClock } from "../time/sim-clock.ts";
import { Network, type NetworkOptions } from "./network.ts";

const A = "a@1.0.0.1:1";
const B = "b@1.0.0.2:1";

interface Stage {
  clock: SimClock;
  network: Network;
  received: string[];
  exited: string[];
  send: (...names: string[]) => void;
  pass: (ms: number) => void;
}

function stage(options: Partial<NetworkOptions> = {}, { listening = true } = {}): Stage {
  const clock = new SimClock();
  const network = new Network(
    { latencyMs: [1, 5], slow: { probability: 0, meanMs: 0 }, duplicates: 0, ...options },
    { clock, random: new SeededRandom("network") },
  );
  const received: string[] = [];
  const exited: string[] = [];
  network.attach("1.0.0.1:1", { receive: () => {}, exited: (pid) => void exited.push(pid) });
  if (listening) {
    network.attach("1.0.0.2:1", { receive: ({ name }) => void received.push(name), exited: () => {} });
  }
  const pass = (ms: number): void => {
    const until = clock.elapsedMs + ms;
    while (clock.runNext(until));
    clock.passUntil(until);
  };
  const send = (...names: string[]): void => {
    for (const name of names) network.send({ from: A, to: B, name, body: new Uint8Array() });
  };
  return { clock, network, received, exited, send, pass };
}

const NAMES = Array.from({ length: 50 }, (_, index) => `m${index}`);

test("send() keeps the order of one connection, also when some messages are slow", () => {
  const { send, pass, received } = stage({ slow: { probability: 0.3, meanMs: 500 } });
  send(...NAMES);
  pass(60_000);
  assert.deepEqual(received, NAMES);
});

test("breakConnection() lets a beginning arrive, loses the rest, and tells who linked once it is noticed", () => {
  const { network, send, pass, received, exited } = stage();
  network.link("1.0.0.1:1", B);
  send(...NAMES);
  assert.equal(network.breakConnection("1.0.0.1:1", "1.0.0.2:1", 1000), true);
  send("into the void");
  pass(999);
  assert.ok(received.length < NAMES.length);
  assert.deepEqual(received, NAMES.slice(0, received.length));
  assert.deepEqual(exited, []);
  pass(2);
  assert.deepEqual(exited, [B]);
  send("after");
  pass(100);
  assert.equal(received.at(-1), "after");
  assert.ok(!received.includes("into the void"));
});

test("isolate() holds messages back and heal() delivers them in order", () => {
  const { network, send, pass, received, exited } = stage();
  network.link("1.0.0.1:1", B);
  network.isolate("1.0.0.2:1");
  send(...NAMES);
  pass(5000);
  assert.deepEqual(received, []);
  network.heal("1.0.0.2:1");
  pass(1000);
  assert.deepEqual(received, NAMES);
  assert.deepEqual(exited, []);
});

test("send() to nobody ends the connection", () => {
  const { network, send, pass, exited } = stage({}, { listening: false });
  network.link("1.0.0.1:1", B);
  send("hello");
  pass(100);
  assert.deepEqual(exited, [B]);
});

test("detach() loses what was on its way to the process and tells who linked", () => {
  const { network, send, pass, received, exited } = stage();
  network.link("1.0.0.1:1", B);
  send(...NAMES);
  network.detach("1.0.0.2:1");
  network.attach("1.0.0.2:1", { receive: ({ name }) => void received.push(name), exited: () => {} });
  pass(1000);
  assert.deepEqual(received, []);
  assert.deepEqual(exited, [B]);
});

test("send() repeats only what may be repeated", () => {
  const { send, pass, received } = stage({ duplicates: 1 });
  send("mesos.internal.PingSlaveMessage", "mesos.internal.RunTaskMessage");
  pass(100);
  assert.deepEqual(received, [
    "mesos.internal.PingSlaveMessage",
    "mesos.internal.PingSlaveMessage",
    "mesos.internal.RunTaskMessage",
  ]);
});
