// Several masters, wherever they meet: who leads, how others find the leader, and that a deposed one can do nothing.
import assert from "node:assert/strict";
import { globSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { startAgent } from "../stories/support/cluster.ts";
import { mezzo, Story } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";
import { Masters } from "./support/masters.ts";
import { MEETING_PLACES, type MeetingPlace } from "./support/meeting-place.ts";

const SESSION = "--zk_session_timeout=2secs";

for (const [name, start] of MEETING_PLACES) {
  void describe(`three masters on ${name}`, () => {
    const story = new Story({ after });
    let place: MeetingPlace;
    let masters: Masters;

    void it("elect one of them", async () => {
      place = await start(story);
      masters = await Masters.start(story, {
        count: 3,
        flags: [`--zk=${place.url()}`, SESSION, "--quorum=2"],
      });
      await masters.leader();
    });

    void it("are found by commands that ask, and so is nobody where there is none", async () => {
      const asked = story.start([mezzo, "explain", `--master=${place.url()}`]);
      assert.equal((await asked.ended).code, 0, asked.errors);
      assert.equal(asked.output, "no framework waits for offers\n");
      const lost = story.start([mezzo, "explain", `--master=${new URL(place.url()).protocol}//`]);
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
        assert.equal(answer.headers.get("location"), `//localhost:${leader.port}/master/state`);
        assert.equal((await fetch(`http://${server.address}/health`)).status, 200);
      }
    });

    void it("are found by agents and frameworks, and replaced without losing anything", async () => {
      const leader = await masters.leader();
      const agent = await startAgent(story, leader, { joins: place.url() });
      const task = ["--name=long", "--command=until test -e done; do sleep 0.1; done", "--checkpoint"];
      const execute = story.start([mezzo, "execute", `--master=${place.url()}`, ...task]);
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

    void it("have a leader and the agent again when it is restarted", async () => {
      await place.stop();
      await place.start();
      await until("a master leads and has the agent", async () => (await masters.agents()) === 1);
    });
  });
}
