// An agent is started again with other flags, while a task runs.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { getJson } from "../support/cluster.ts";
import { scalars } from "../support/framework.ts";
import { isAlive } from "../support/processes.ts";
import { Story } from "../support/story.ts";
import { OneAgent } from "../support/one-agent.ts";

const flagsOf = (cpus: number, attributes: string): string[] => [
  `--resources=cpus:${cpus};mem:1024;disk:1024;ports:[31000-31099]`,
  `--attributes=${attributes}`,
];

void describe("an agent with another configuration", () => {
  const story = new Story({ after });
  let one: OneAgent;
  let pid = 0;

  before(async () => {
    one = await OneAgent.start(story, flagsOf(4, "rack:a;level:2"));
    await one.run([one.command("stays")]);
    pid = await one.pidOf("stays");
    await one.kill();
  });

  void it("is refused unless it is told that changes are fine, and says what would help", async () => {
    const refused = await one.startToEnd(flagsOf(6, "rack:a;level:2"));
    assert.equal((await refused.ended).code, 1);
    assert.match(refused.errors, /Failed to perform recovery: Incompatible agent info detected\./);
    assert.match(refused.errors, /--reconfiguration_policy/);
    assert.ok(refused.errors.includes(`rm -f ${one.metaDir}/slaves/latest`));
    assert.ok(isAlive(pid), "a refused agent touches nothing");
  });

  void it("is refused under the policy additive when something is less or other than it was", async () => {
    const policy = "--reconfiguration_policy=additive";
    const cases = [
      { flags: flagsOf(3, "rack:a;level:2"), words: "Value of scalar resource 'cpus' decreased from 4 to 3" },
      { flags: flagsOf(4, "rack:b;level:2"), words: "Value of text attribute 'rack' changed from a to b" },
      { flags: flagsOf(4, "rack:a"), words: "Couldn't find attribute level=2" },
    ];
    for (const { flags, words } of cases) {
      const refused = await one.startToEnd([...flags, policy]);
      assert.equal((await refused.ended).code, 1);
      const known = "Configuration change not permitted under 'additive' policy: ";
      assert.ok(refused.errors.includes(known + words), refused.errors);
    }
    assert.ok(isAlive(pid), "a refused agent touches nothing");
  });

  void it("may be more than it was: its task runs on and its master learns of it", async () => {
    const { id } = one.agent;
    const policy = "--reconfiguration_policy=additive";
    await one.startAgain([...flagsOf(6, "level:2;rack:a;zone:z"), policy]);
    assert.equal(one.agent.id, id);
    assert.ok(isAlive(pid));
    const { slaves } = await getJson<{ slaves: { resources: { cpus: number }; attributes: object }[] }>(
      one.master.address,
      "/slaves",
    );
    assert.equal(slaves[0]?.resources.cpus, 6);
    assert.deepEqual(slaves[0]?.attributes, { rack: "a", level: 2, zone: "z" });
    const { framework } = one;
    const larger = { resources: scalars({ cpus: 5.5, mem: 64 }) };
    await one.launch([framework.command("large", "exit 0", larger)], 5.5);
    await framework.sees("large", "TASK_FINISHED");
    assert.deepEqual(framework.states("stays"), ["TASK_STARTING", "TASK_RUNNING"]);
    one.go("stays", 3);
    assert.equal((await framework.sees("stays", "TASK_FAILED")).message, "Command exited with status 3");
  });

  void it("has what it has become from then on", async () => {
    await one.kill();
    await one.startAgain(flagsOf(6, "rack:a;zone:z;level:2"));
    await one.framework.teardown();
  });
});
