// The registry of a master is taken elsewhere: into a file and back, and from one master to three, without losing anything.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { systemClock } from "../../packages/cluster/src/core/clock.ts";
import { REGISTRY_FILE } from "../../packages/cluster/src/store/registry-store.ts";
import { SqliteStore } from "../../packages/cluster/src/store/sqlite-store.ts";
import { getJson, startAgent, startMaster } from "../stories/support/cluster.ts";
import { mezzo, Story } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";
import { Masters } from "./support/masters.ts";
import { MEETING_PLACES } from "./support/meeting-place.ts";
import { SmallDisk } from "./support/small-disk.ts";

for (const [name, start] of MEETING_PLACES)
  test(`one master becomes three on ${name} with everything that it knew`, async (t) => {
    const story = new Story(t);
    const copy = async (
      from: string,
      to: string,
      ...flags: string[]
    ): Promise<{ code: number | null; said: string }> => {
      const child = story.start([mezzo, "registry", `--from=${from}`, `--to=${to}`, ...flags]);
      const { code } = await child.ended;
      return { code, said: child.output + child.errors };
    };
    const one = await startMaster(story, { flags: ["--roles=a,b"] });
    const agent = await startAgent(story, one);
    await fetch(`http://${one.address}/weights`, { method: "PUT", body: '[{"role":"a","weight":7}]' });
    const busy = await copy(one.workDir, join(story.folder, "snapshot"));
    assert.equal(busy.code, 1, busy.said);
    await agent.child.stop("SIGKILL");
    await one.child.stop();
    const file = join(story.folder, "snapshot");
    assert.match((await copy(one.workDir, file)).said, /^2 records from /);
    assert.match((await copy(one.workDir, file)).said, /there is a file already; name another/);
    assert.match((await copy(one.workDir, file, "--replace")).said, /name another/);
    const place = await start(story);
    assert.match((await copy(file, place.url())).said, /^2 records from /);
    const flags = [`--zk=${place.url()}`, "--zk_session_timeout=2secs", "--roles=a,b"];
    const masters = await Masters.start(story, { count: 3, flags });
    const leader = await masters.leader();
    assert.deepEqual(await getJson(leader.address, "/weights"), [{ role: "a", weight: 7 }]);
    const { recovered_slaves: known } = await getJson<{ recovered_slaves: { id: string }[] }>(
      leader.address,
      "/state",
    );
    assert.deepEqual(
      known.map(({ id }) => id),
      [agent.id],
    );
    const refused = await copy(file, place.url(), "--replace");
    assert.match(refused.said, /leads; stop the masters first/);
    const again = await startAgent(story, leader, { joins: place.url(), port: agent.port });
    assert.equal(again.id, agent.id);
    await until("the agent is with the leader", async () => (await masters.agents()) === 1);
  });

for (const [name, start] of MEETING_PLACES) {
  test(`masters that may make no registry on ${name} wait for the operator to make one`, async (t) => {
    const story = new Story(t);
    const place = await start(story);
    const flags = [`--zk=${place.url()}`, "--no-log_auto_initialize"];
    const lost = story.start([mezzo, "master", ...flags, "--port=0", `--work_dir=${story.folder}/lost`]);
    assert.equal((await lost.ended).code, 1);
    assert.match(
      lost.errors,
      /Cannot read the registry: there is none in \w+; make one with `mezzo registry/,
    );
    const made = story.start([mezzo, "registry", "--initialize", `--to=${place.url()}`]);
    assert.equal((await made.ended).code, 0, made.errors);
    const masters = await Masters.start(story, { count: 1, flags });
    await masters.leader();
  });
}

for (const [name, start] of MEETING_PLACES) {
  test(`a wrong path on ${name} replaces nothing, and nothing comes to be there`, async (t) => {
    const story = new Story(t);
    const place = await start(story);
    const target = join(story.folder, "work");
    mkdirSync(target);
    const store = new SqliteStore({ path: join(target, REGISTRY_FILE) }, { clock: systemClock });
    await store.commit([{ key: "weights/a", value: new Uint8Array([1]) }]);
    await store.close();
    const copy = async (from: string, to: string): Promise<string> => {
      const child = story.start([mezzo, "registry", `--from=${from}`, `--to=${to}`, "--replace"]);
      await child.ended;
      return child.output + child.errors;
    };
    const wrong = `${place.url()}-typo`;
    for (const _ of ["first", "again"])
      assert.equal(await copy(wrong, target), `Cannot read a registry from ${wrong}: there is none\n`);
    assert.deepEqual(await place.contents(), []);
    assert.match(await copy(target, place.url()), /^1 records from /);
    assert.match(await copy(place.url(), join(story.folder, "snapshot")), /^1 records from /);
  });
}

test("a master that may make no registry of its own wants the file", async (t) => {
  const story = new Story(t);
  const workDir = join(story.folder, "work");
  mkdirSync(workDir);
  const command = [mezzo, "master", "--no-log_auto_initialize", "--port=0", `--work_dir=${workDir}`];
  const lost = story.start(command);
  assert.equal((await lost.ended).code, 1);
  assert.match(lost.errors, /there is none in .*registry\.sqlite/);
  const made = story.start([mezzo, "registry", "--initialize", `--to=${workDir}`]);
  assert.equal((await made.ended).code, 0, made.errors);
  await story.start(command).sees(/Master is ready/);
});

test("a snapshot for which there is no room is not there, and the command says so", async (t) => {
  const story = new Story(t);
  const { folder } = new SmallDisk(story, { name: "full", sizeKb: 64 });
  const workDir = join(story.folder, "work");
  const store = new SqliteStore({ path: join(workDir, REGISTRY_FILE) }, { clock: systemClock });
  await store.commit(
    Array.from({ length: 2000 }, (_, index) => ({ key: `agents/${index}`, value: new Uint8Array(60) })),
  );
  await store.close();
  const child = story.start([mezzo, "registry", `--from=${workDir}`, `--to=${join(folder, "snapshot")}`]);
  assert.equal((await child.ended).code, 1);
  assert.match(child.errors, /Cannot write the registry to .*\/snapshot: ENOSPC/);
  assert.deepEqual(readdirSync(folder), []);
});
