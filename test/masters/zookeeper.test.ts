// What is particular to ZooKeeper: nodes that Mesos' own agents and tools read, and the digest scheme.
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { leadingMember } from "@mezzo/sdk/zookeeper";
import { startAgent, thisMachine } from "../stories/support/cluster.ts";
import { mezzo, Story } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";
import { Masters } from "./support/masters.ts";
import { ZooKeeper } from "./support/zookeeper.ts";

const SESSION = "--zk_session_timeout=2secs";

void describe("masters on ZooKeeper", () => {
  const story = new Story({ after });
  let zooKeeper: ZooKeeper;
  let masters: Masters;

  void it("stand for election as Mesos writes it", async () => {
    zooKeeper = await ZooKeeper.start(story, thisMachine);
    masters = await Masters.start(story, {
      count: 3,
      flags: [`--zk=${zooKeeper.url()}`, SESSION, "--quorum=2"],
    });
    const leader = await masters.leader();
    const store = await zooKeeper.session();
    const members = await until("three masters stand for election", async () => {
      const names = await store.children("/mesos");
      return names.filter((name) => name.startsWith("json.info_")).length === 3 && names;
    });
    const data = await store.data(`/mesos/${leadingMember(members) ?? ""}`);
    const info = JSON.parse(data?.toString() ?? "") as Record<string, unknown>;
    assert.equal(info["pid"], `master@${leader.address}`);
    assert.equal(info["port"], leader.port);
    assert.equal(info["ip"], 16_777_343);
    assert.deepEqual(info["address"], { hostname: "localhost", ip: "127.0.0.1", port: leader.port });
    assert.match(String(info["id"]), /^[0-9a-f-]{36}$/);
    assert.match(String(info["version"]), /^\d+\.\d+\.\d+$/);
  });
});

void describe("a ZooKeeper without a registry", () => {
  const story = new Story({ after });

  void it("is not touched by whoever wants to read one", async () => {
    const zooKeeper = await ZooKeeper.start(story, thisMachine);
    // Below the place, which so is there.
    const deeper = story.start([mezzo, "registry", "--initialize", `--to=${zooKeeper.url()}/deeper`]);
    assert.equal((await deeper.ended).code, 0, deeper.errors);
    const to = `--to=${story.folder}/snapshot`;
    const child = story.start([mezzo, "registry", `--from=${zooKeeper.url()}`, to]);
    assert.equal((await child.ended).code, 1);
    assert.match(child.errors, /there is none$/m);
    const store = await zooKeeper.session();
    // ZooKeeper counts what comes to be there, also what is gone: `deeper` is all.
    assert.equal(await store.createMember("/mesos/member_", Buffer.alloc(0)), "/mesos/member_0000000001");
  });
});

void describe("ZooKeeper with credentials", () => {
  const story = new Story({ after });

  void it("lets everybody look and their owner alone stand for election", async () => {
    const zooKeeper = await ZooKeeper.start(story, thisMachine);
    const flags = [`--zk=${zooKeeper.url("mesos:secret")}`, SESSION];
    const masters = await Masters.start(story, { count: 1, flags });
    const leader = await masters.leader();
    await startAgent(story, leader, { joins: zooKeeper.url() });
    const stranger = story.start([
      mezzo,
      "master",
      `--zk=${zooKeeper.url("mesos:wrong")}`,
      "--port=0",
      `--work_dir=${story.folder}/stranger`,
    ]);
    assert.equal((await stranger.ended).code, 1);
    assert.match(stranger.errors, /ZooKeeper does not let it write below/);
    assert.ok(!`${stranger.errors}${leader.child.errors}`.includes("secret"), "secrets are not logged");
  });
});
