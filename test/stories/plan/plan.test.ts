// `mezzo plan` against a master with a framework that holds something.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startAgent, startMaster, type Server } from "../support/cluster.ts";
import { Framework } from "../support/framework.ts";
import { mezzo, Story } from "../support/story.ts";

void describe("mezzo plan", () => {
  const story = new Story({ after });
  let master: Server;

  before(async () => {
    master = await startMaster(story);
    await startAgent(story, master);
  });

  async function plan(...flags: string[]): Promise<{ code: number | null; output: string; errors: string }> {
    const child = story.start([mezzo, "plan", `--master=${master.address}`, ...flags]);
    const { code } = await child.ended;
    return { code, output: child.output, errors: child.errors };
  }

  void it("says that all of them fit, and where", async () => {
    const { code, output, errors } = await plan("--resources=cpus:1;mem:64", "--count=4");
    assert.equal(code, 0, errors);
    assert.match(output, /^4 of 4 fit now: cpus:1; mem:64 each, in role \*/u);
    assert.match(output, / {2}on \S+ \(localhost\): 4/u);
  });

  void it("says what is in the way of the rest, with another quota too", async () => {
    const quotas = '[{"role":"r","limits":{"cpus":{"value":2}}}]';
    const { code, output } = await plan("--resources=cpus:1", "--count=5", "--role=r", `--quotas=${quotas}`);
    assert.equal(code, 2);
    assert.match(output, /^2 of 5 fit now/u);
    assert.match(output, / {2}2 more without quota/u);
    assert.match(output, / {2}1 never: the agents are too few or too small/u);
  });

  void it("says who has what would have to be freed", async () => {
    const framework = new Framework({ master: master.address });
    await framework.subscribe();
    await framework.offer();
    const { code, output } = await plan("--resources=cpus:2;mem:64", "--count=2");
    assert.equal(code, 2);
    assert.match(output, /^0 of 2 fit now/u);
    assert.match(output, / {2}2 more when frameworks give back what they have been offered/u);
    assert.match(
      output,
      /cpus:2; mem:64 on \S+ \(localhost\), for the first of 2: framework \S+ in role story has/u,
    );
  });

  void it("says what is wrong with a question", async () => {
    const { code, errors } = await plan("--resources=cpus:1", "--count=0");
    assert.equal(code, 1);
    assert.match(errors, /'count' is 0, expected a whole number from 1 to 10000/u);
    assert.match((await plan()).errors, /Give one of the flags 'task' and 'resources'/u);
  });
});
