// Several masters on ZooKeeper: who leads, how others find the leader, and that a deposed one can do nothing.
import assert from "node:assert/strict";
import { globSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { ZooKeeperSession, leadingMember, parseZkUrl } from "@mezzo/sdk/zookeeper";
import { startAgent } from "../stories/support/cluster.ts";
import { mezzo, Story } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";
import { Masters } from "./support/masters.ts";
import { ZooKeeper } from "./support/zookeeper.ts";

const SESSION = "--zk_session_timeout=2secs";

void describe("three masters on ZooKeeper", () => {
  const story = new Story({ after });
  let zooKeeper: ZooKeeper;
  let masters: Masters;

  async function session(): Promise<ZooKeeperSession> {
    const place = parseZkUrl(zooKeeper.url());
    assert.ok(place.ok);
    const opened = new ZooKeeperSession(place.value, { sessionTimeoutMs: 5000, listener: {} });
    story.closes(() => opened.close());
    await until("ZooKeeper answers", async () => opened.exists("/").catch(() => false));
    return opened;
  }

  void it("elect the first, as Mesos writes it", async () => {
    zooKeeper = await ZooKeeper.start(story);
    masters = await Masters.start(story, {
      count: 3,
      flags: [`--zk=${zooKeeper.url()}`, SESSION, "--quorum=2"],
    });
    const leader = await masters.leader();
    const store = await session();
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

  void it("are found by commands that ask, and so is nobody where there is none", async () => {
    const asked = story.start([mezzo, "explain", `--master=${zooKeeper.url()}`]);
    assert.equal((await asked.ended).code, 0, asked.errors);
    assert.equal(asked.output, "no framework waits for offers\n");
    const lost = story.start([mezzo, "explain", "--master=zk://"]);
    assert.equal((await lost.ended).code, 1);
    assert.notEqual(lost.errors, "");
  });

  void it("send clients to the leader", async () => {
    const leader = await masters.leader();
    for (const server of masters.servers.filter((each) => each !== leader)) {
      const answer = await until("another master knows the leader", async () => {
        const each = await fetch(`http://${server.address}/state`, { redirect: "manual" });
        return each.status === 307 && each;
      });
      assert.equal(answer.headers.get("location"), `//localhost:${leader.port}/state`);
      assert.equal((await fetch(`http://${server.address}/health`)).status, 200);
    }
  });

  void it("are found by agents and frameworks, and replaced without losing anything", async () => {
    const leader = await masters.leader();
    const agent = await startAgent(story, leader, { joins: zooKeeper.url() });
    const task = ["--name=long", "--command=until test -e done; do sleep 0.1; done", "--checkpoint"];
    const execute = story.start([mezzo, "execute", `--master=${zooKeeper.url()}`, ...task]);
    await execute.sees(/TASK_RUNNING/);
    leader.child.signal("SIGKILL");
    const killedAt = performance.now();
    const next = await masters.leader(leader);
    const seconds = (performance.now() - killedAt) / 1000;
    assert.ok(seconds < 10, `the new leader serves after ${seconds.toFixed(1)} s`);
    await until("the agent is back", async () => (await masters.agents()) === 1);
    const slaves = (await (await fetch(`http://${next.address}/slaves`)).json()) as {
      slaves: { id: string }[];
    };
    assert.equal(slaves.slaves[0]?.id, agent.id);
    const [sandbox = ""] = globSync(`${agent.workDir}/slaves/*/frameworks/*/executors/long/runs/latest`);
    writeFileSync(join(sandbox, "done"), "");
    await execute.sees(/TASK_FINISHED for task 'long'/);
    assert.equal((await execute.ended).code, 0);
  });

  void it("a leader that was stopped for longer than its session ends when it goes on", async () => {
    const leader = await masters.leader();
    leader.child.signal("SIGSTOP");
    const next = await masters.leader(leader);
    assert.notEqual(next.port, leader.port);
    leader.child.signal("SIGCONT");
    assert.equal((await leader.child.ended).code, 1);
    assert.match(leader.child.errors, /Lost leadership/);
    assert.equal((await masters.leader()).port, next.port);
  });

  void it("the leader goes on when ZooKeeper is restarted within its session", async () => {
    const leader = await masters.leader();
    await zooKeeper.stop();
    await zooKeeper.start();
    await until("a master leads and has the agent", async () => (await masters.agents()) === 1);
    assert.ok(leader.child.errors.includes("Lost the connection to ZooKeeper"));
  });
});

void describe("ZooKeeper with credentials", () => {
  const story = new Story({ after });

  void it("lets everybody look and their owner alone stand for election", async () => {
    const zooKeeper = await ZooKeeper.start(story);
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
