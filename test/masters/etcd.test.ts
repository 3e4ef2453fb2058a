// What is particular to etcd: keys that its own tools show, users, members that fail, and its space that is used up.
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { getJson, startAgent } from "../stories/support/cluster.ts";
import { mezzo, Story } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";
import { Etcd } from "./support/etcd.ts";
import { Masters } from "./support/masters.ts";

const SESSION = "--zk_session_timeout=2secs";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

interface Record {
  key: string;
  value?: string;
  lease?: string;
}

/** The keys below a prefix, the oldest first. */
async function keysBelow(etcd: Etcd, prefix: string): Promise<Record[]> {
  const { kvs = [] } = await etcd.call<{ kvs?: Record[] }>("kv/range", {
    key: base64(`${prefix}/`),
    range_end: base64(`${prefix}0`),
    sort_order: "ASCEND",
    sort_target: "CREATE",
  });
  const textOf = (encoded: string): string => Buffer.from(encoded, "base64").toString();
  return kvs.map(({ key, value = "", lease = "0" }) => ({ key: textOf(key), value: textOf(value), lease }));
}

void describe("masters on etcd", () => {
  const story = new Story({ after });
  let etcd: Etcd;
  let masters: Masters;

  void it("stand for election in etcd's own layout, with what Mesos says of a master", async () => {
    etcd = await Etcd.start(story, { members: 3 });
    // Long enough for etcd to elect two leaders of its own meanwhile, on a busy machine too.
    masters = await Masters.start(story, {
      count: 3,
      flags: [`--zk=${etcd.url()}`, "--zk_session_timeout=16secs"],
    });
    const leader = await masters.leader();
    const candidates = await until("three masters stand for election", async () => {
      const found = await keysBelow(etcd, "/mesos/election");
      return found.length === 3 && found;
    });
    for (const { key, lease = "" } of candidates)
      assert.equal(key, `/mesos/election/${BigInt(lease).toString(16)}`);
    const info = JSON.parse(candidates[0]?.value ?? "") as { [name: string]: unknown };
    assert.equal(info["pid"], `master@${leader.address}`);
    assert.deepEqual(info["address"], { hostname: "localhost", ip: "127.0.0.1", port: leader.port });
  });

  void it("go on while a member of etcd hangs, and another one is gone", async () => {
    const leader = await masters.leader();
    const agent = await startAgent(story, leader, { joins: etcd.url() });
    for (const [signal, server] of [
      ["SIGSTOP", etcd.servers[0]],
      ["SIGKILL", etcd.servers[1]],
    ] as const) {
      server?.child?.signal(signal);
      const answer = await fetch(`http://${leader.address}/weights`, {
        method: "PUT",
        body: '[{"role":"a","weight":7}]',
      });
      assert.equal(answer.status, 200, `the registry takes writes after ${signal}`);
      assert.deepEqual(await getJson(leader.address, "/weights"), [{ role: "a", weight: 7 }]);
      if (signal === "SIGSTOP") server?.child?.signal("SIGCONT");
      // Two that lag behind at once would be too many.
      await until("the other members have caught up", () => etcd.agrees());
    }
    leader.child.signal("SIGKILL");
    const next = await masters.leader(leader);
    assert.deepEqual(await getJson(next.address, "/weights"), [{ role: "a", weight: 7 }]);
    await until("the agent is with the new leader", async () => (await masters.agents()) === 1);
    const { slaves } = await getJson<{ slaves: { id: string }[] }>(next.address, "/slaves");
    assert.deepEqual(
      slaves.map(({ id }) => id),
      [agent.id],
    );
  });

  void it("give way at once when they are told to stop", async () => {
    const leader = await masters.leader();
    const before = (await keysBelow(etcd, "/mesos/election")).length;
    await leader.child.stop("SIGTERM");
    assert.equal((await keysBelow(etcd, "/mesos/election")).length, before - 1);
  });
});

void describe("etcd that is full", () => {
  const story = new Story({ after });

  void it("keeps its leader and lets the next one lead, and takes writes when there is room", async () => {
    const etcd = await Etcd.start(story);
    const masters = await Masters.start(story, { count: 2, flags: [`--zk=${etcd.url()}`, SESSION] });
    const leader = await masters.leader();
    const agent = await startAgent(story, leader, { joins: etcd.url() });
    await etcd.fill();
    const copied = story.start([mezzo, "registry", `--from=${etcd.url()}`, `--to=${story.folder}/copy`]);
    leader.child.signal("SIGKILL");
    const next = await masters.leader(leader);
    await until("the agent is with the new leader", async () => (await masters.agents()) === 1);
    const again = await until("the one that was killed has restarted", () =>
      masters.servers.find(({ port }) => port === leader.port),
    );
    await again.child.sees(/Cannot stand for election.*database space exceeded: make room/);
    assert.equal((await copied.ended).code, 1);
    assert.match(copied.errors, /Cannot use the registry in etcd:.*database space exceeded/);
    const put = fetch(`http://${next.address}/weights`, { method: "PUT", body: '[{"role":"a","weight":7}]' });
    await etcd.makeRoom();
    assert.equal((await put).status, 200);
    await again.child.sees(/Standing for election/);
    const { slaves } = await getJson<{ slaves: { id: string }[] }>(next.address, "/slaves");
    assert.deepEqual(
      slaves.map(({ id }) => id),
      [agent.id],
    );
  });
});

void describe("etcd with users", () => {
  const story = new Story({ after });

  void it("lets in those with a password that is right, and nobody sees it", async () => {
    const etcd = await Etcd.start(story);
    await etcd.call("auth/user/add", { name: "root", password: "secret" });
    await etcd.call("auth/role/add", { name: "root" });
    await etcd.call("auth/user/grant", { user: "root", role: "root" });
    await etcd.call("auth/enable", {});
    const flags = [`--zk=${etcd.url("root:secret")}`, SESSION];
    const masters = await Masters.start(story, { count: 1, flags });
    const leader = await masters.leader();
    const agent = await startAgent(story, leader, { joins: etcd.url("root:secret") });
    // Its members forget their tokens when they restart.
    await etcd.stop();
    await etcd.start();
    await until("the leader goes on, or the next one", async () => (await masters.agents()) === 1);
    const strangers = [etcd.url(), etcd.url("root:wrong")].map((url, index) =>
      story.start([
        mezzo,
        "master",
        `--zk=${url}`,
        "--port=0",
        `--work_dir=${story.folder}/stranger-${index}`,
      ]),
    );
    for (const stranger of strangers) {
      assert.equal((await stranger.ended).code, 1);
      assert.match(stranger.errors, /etcd does not let it use etcd:\/\/127/);
    }
    const said = [leader.child, agent.child, ...strangers].map(({ errors }) => errors).join("");
    assert.ok(!/secret|wrong/.test(said), "secrets are not logged");
  });
});
