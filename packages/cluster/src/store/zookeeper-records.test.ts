// Answers that are lost: a real ZooKeeper cannot be made to lose the one that a test needs.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ZooKeeperSession } from "@mezzo/sdk/zookeeper";
import { ElectedStore } from "./elected-store.ts";
import { quickClock } from "./testing/quick-clock.ts";
import { ZooKeeperRecords } from "./zookeeper-records.ts";

function failure(name: string): Error {
  return Object.assign(new Error(name), { name });
}

/**
 * Nodes in memory; the next so many answers to writes and to looks are lost, after the work is done. The server that is
 * asked next has not heard of such a write before it takes part in another one.
 */
class LossyNodes {
  readonly nodes = new Set<string>();
  /** As the server knows them that is asked. */
  #known = new Set<string>();
  lostWrites = 0;
  lostLooks = 0;

  asSession(): ZooKeeperSession {
    // What the store uses of a session, and nothing else of it.
    return this as unknown as ZooKeeperSession;
  }

  ensurePath(path: string): Promise<void> {
    this.nodes.add(path);
    return Promise.resolve();
  }

  exists(path: string): Promise<boolean> {
    if (this.lostLooks-- > 0) return Promise.reject(failure("CONNECTION_LOSS"));
    return Promise.resolve(this.#known.has(path));
  }

  children(path: string): Promise<string[]> {
    const above = `${path}/`;
    const below = [...this.#known].filter((each) => each.startsWith(above));
    return Promise.resolve(
      below.map((each) => each.slice(above.length)).filter((name) => !name.includes("/")),
    );
  }

  commit(fill: (transaction: object, acls: []) => void): Promise<void> {
    let error: Error | undefined;
    fill(
      {
        check: () => undefined,
        create: (path: string) => {
          if (this.nodes.has(path)) error ??= failure("NODE_EXISTS");
          this.nodes.add(path);
        },
        setData: (path: string) => {
          if (!this.nodes.has(path)) error ??= failure("NO_NODE");
        },
        remove: (path: string) => {
          if (!this.nodes.delete(path)) error ??= failure("NO_NODE");
        },
      },
      [],
    );
    if (error !== undefined) return Promise.reject(error);
    const changes = this.nodes.symmetricDifference(this.#known).size > 0;
    if (changes && this.lostWrites-- > 0) return Promise.reject(failure("CONNECTION_LOSS"));
    this.#known = new Set(this.nodes);
    return Promise.resolve();
  }
}

function storeOn(nodes: LossyNodes): ElectedStore {
  const records = new ZooKeeperRecords({ path: "/registry", member: () => "/member" }, nodes.asSession());
  return new ElectedStore(records, { clock: quickClock() });
}

const value = new Uint8Array([1]);

for (const lostLooks of [0, 1, 3]) {
  test(`commit() survives a lost answer and ${lostLooks} lost looks after it`, async () => {
    const nodes = new LossyNodes();
    const store = storeOn(nodes);
    nodes.lostWrites = 1;
    nodes.lostLooks = lostLooks;
    await store.commit([{ key: "agents/S0", value }]);
    assert.equal(nodes.nodes.size, 1);
    nodes.lostWrites = 1;
    nodes.lostLooks = lostLooks;
    await store.commit([{ key: "agents/S0", value: undefined }]);
    assert.equal(nodes.nodes.size, 0);
  });
}

test("load() makes the registry, though the answer to that is lost", async () => {
  const nodes = new LossyNodes();
  const store = storeOn(nodes);
  nodes.lostWrites = 1;
  assert.equal((await store.load()).size, 0);
  assert.equal((await nodes.children("/registry")).length, 256);
});

test("commit() gives up when ZooKeeper stays away", async () => {
  const nodes = new LossyNodes();
  const store = storeOn(nodes);
  nodes.lostWrites = 1;
  nodes.lostLooks = 1_000_000;
  await assert.rejects(
    store.commit([{ key: "agents/S0", value }]),
    /Cannot write the registry to ZooKeeper: .*CONNECTION_LOSS/,
  );
});
