// `mezzo explain` against a master with a framework that waits.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startAgent, startMaster, type Server } from "../support/cluster.ts";
import { Framework } from "../support/framework.ts";
import { takePort } from "../support/ports.ts";
import { mezzo, Story } from "../support/story.ts";

void describe("mezzo explain", () => {
  const story = new Story({ after });
  let master: Server;
  let framework: Framework;

  before(async () => {
    master = await startMaster(story);
    await startAgent(story, master);
    framework = new Framework({ master: master.address });
    await framework.subscribe();
  });

  async function explain(
    ...flags: string[]
  ): Promise<{ code: number | null; output: string; errors: string }> {
    const child = story.start([mezzo, "explain", `--master=${master.address}`, ...flags]);
    const { code } = await child.ended;
    return { code, output: child.output, errors: child.errors };
  }

  void it("says that the framework has been offered the agent, and which task is too large for it", async () => {
    await framework.offer();
    const { code, output, errors } = await explain(`--framework=${framework.id}`);
    assert.equal(code, 0, errors);
    assert.match(output, /framework \S+ \(story\): connected, 1 offers/u);
    assert.match(output, /role story: weight 1, share 100\.0 % .* rank 1 of 1/u);
    assert.match(output, / {2}1 agent: offered to the framework itself for \d+\.\d s by now/u);
    const large = await explain(`--framework=${framework.id}`, "--resources=cpus:5.5;mem:32");
    assert.match(large.output, /1 agent: cpus short by 1\.5 \(the agent is too small even when empty\)/u);
  });

  void it("gives the master's answer, and the reason on each agent, when asked to", async () => {
    const json = await explain(`--framework=${framework.id}`, "--json");
    const answer = JSON.parse(json.output) as { agents: { reasons: { filter: string }[] }[] };
    assert.equal(answer.agents[0]?.reasons[0]?.filter, "offered");
    const { output } = await explain(`--framework=${framework.id}`, "--agents");
    assert.match(output, / \(localhost\): offered to the framework itself/u);
  });

  void it("lists who waits when nobody is named", async () => {
    const other = new Framework({ master: master.address, info: { name: "late", roles: ["late"] } });
    await other.subscribe();
    const { output } = await explain();
    assert.match(output, /^1 framework waits for offers/u);
    assert.match(output, / {2}\S+ \(late\): roles late; 0 tasks/u);
    const why = await explain(`--framework=${other.id}`);
    assert.match(why.output, /1 agent: offered to framework \S+ \(story\) for \d+\.\d s by now/u);
  });

  void it("says what is wrong with a question, or with the master's address", async () => {
    const unknown = await explain("--framework=x");
    assert.equal(unknown.code, 1);
    assert.match(unknown.errors, /Cannot explain framework 'x': it is not known/u);
    const misread = await explain("--framework=x", "--resources=cpus");
    assert.match(misread.errors, /Flag 'resources' cannot be read/u);
    const child = story.start([mezzo, "explain", `--master=127.0.0.1:${await takePort()}`]);
    assert.equal((await child.ended).code, 1);
    assert.match(child.errors, /Cannot reach the master at 127\.0\.0\.1:\d+: connection refused/iu);
    const none = story.start([mezzo, "explain"]);
    assert.equal((await none.ended).code, 1);
    assert.match(none.errors, /Flag 'master' is required/u);
  });
});
