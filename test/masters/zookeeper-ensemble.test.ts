// ZooKeeper with three servers: masters do not mind when one of them is killed, whichever it is.
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { getJson, type Server } from "../stories/support/cluster.ts";
import { Story } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";
import { Masters } from "./support/masters.ts";
import { ZooKeeperEnsemble } from "./support/zookeeper-ensemble.ts";

/** Some are on their way whenever a server is killed. */
const WRITERS = 4;

/** So many writes after a server was killed show that the session is with another one. */
const WRITES_AFTER = 20;

/** Writes new records of the registry until it is told to stop. */
class Writers {
  /** Those that were acknowledged. */
  readonly roles: string[] = [];
  readonly #ended: Promise<unknown>;
  #stopped = false;
  #count = 0;

  constructor({ address, child }: Server) {
    const writing = Promise.all(Array.from({ length: WRITERS }, () => this.#write(address)));
    this.#ended = writing.catch((error: unknown) => {
      throw new Error(`A write has failed; the leader said ${child.errors.slice(-2000)}`, { cause: error });
    });
    this.#ended.catch(() => undefined);
  }

  async #write(address: string): Promise<void> {
    while (!this.#stopped) {
      const role = `role-${this.#count++}`;
      const body = JSON.stringify([{ role, weight: 7 }]);
      const answer = await fetch(`http://${address}/weights`, { method: "PUT", body });
      assert.equal(answer.status, 200);
      this.roles.push(role);
    }
  }

  /** Resolves when writes go on; rejects when one failed. */
  async goOn(): Promise<void> {
    const enough = this.roles.length + WRITES_AFTER;
    await Promise.race([until("writes go on", () => this.roles.length >= enough), this.#ended]);
  }

  /** Rejects when a write failed. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#ended;
  }
}

void describe("masters on three servers of ZooKeeper", () => {
  const story = new Story({ after });

  void it("keep their leader and lose nothing while any server is killed", async () => {
    const ensemble = await ZooKeeperEnsemble.start(story, { members: 3 });
    // Long enough for ZooKeeper to elect a leader of its own meanwhile, on a busy machine too.
    const flags = [`--zk=${ensemble.url()}`, "--zk_session_timeout=16secs"];
    const masters = await Masters.start(story, { count: 2, flags });
    const leader = await masters.leader();
    const processes = masters.servers.map(({ child }) => child);
    const writers = new Writers(leader);
    for (const server of ensemble.servers) {
      await server.child?.stop("SIGKILL");
      await writers.goOn();
      ensemble.startServer(server);
      await ensemble.serves();
    }
    await writers.stop();
    assert.ok(
      processes.every(({ isRunning }) => isRunning),
      masters.logs(),
    );
    assert.equal(await masters.leader(), leader);
    await leader.child.stop("SIGTERM");
    const next = await masters.leader(leader);
    const weights = await getJson<{ role: string; weight: number }[]>(next.address, "/weights");
    assert.deepEqual(weights.map(({ role }) => role).toSorted(), writers.roles.toSorted());
  });
});
