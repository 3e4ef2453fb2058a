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

/** Nodes in memory; the next so many answers to writes and to looks are lost, after the work is done. */
class LossyNodes {
  readonly nodes = new Set<string>();
  lostWrites = 0;
  lostLooks = 0;

  asSession(): ZooKeeperSession {
    // What the store uses of a session, and nothing else of it.
    return this as unknown as ZooKeeperSession;
  }

  exists(path: string): Promise<boolean> {
    if (this.lostLooks-- > 0) return Promise.reject(failure("CONNECTION_LOSS"));
    return Promise.resolve(this.nodes.has(path));
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
    return this.lostWrites-- > 0 ? Promise.reject(failure("CONNECTION_LOSS")) : Promise.resolve();
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
