// The registry of a master is taken elsewhere: into a file and back, and from one master to three, without losing anything.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { getJson, startAgent, startMaster } from "../stories/support/cluster.ts";
import { mezzo, Story } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";
import { Masters } from "./support/masters.ts";
import { MEETING_PLACES } from "./support/meeting-place.ts";

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
    assert.match((await copy(one.workDir, file)).said, /it holds 2 records; --replace replaces them/);
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
