// Master and agent as a program runs them: from code, with a task between them, and what stands in their way.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Scheduler } from "@mezzo/sdk";
import { parseResources, type Resource } from "@mezzo/wire";
import { executeWork } from "../cli/execute/execute-work.ts";
import { systemClock } from "../core/clock.ts";
import { Agent } from "./agent.ts";
import { Master } from "./master.ts";

function resources(text: string): Resource[] {
  const parsed = parseResources(text);
  assert.ok(parsed.ok);
  return parsed.value;
}

void describe("Master, Agent", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "mezzo-api-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  void it("run a task between them, and stop", async (t) => {
    const master = new Master("localhost:0", { allocationInterval: 10 });
    await master.start();
    const stopped = master.run();
    t.after(() => master.stop());
    const agent = new Agent({
      master: master.address,
      workDir: join(folder, "agent"),
      port: 0,
      registrationBackoffFactor: 1,
      resources: resources("cpus:1;mem:64"),
    });
    t.after(() => agent.stop({ unregister: true }));
    await agent.start();
    const lines: string[] = [];
    const scheduler = new Scheduler({
      master: master.address,
      framework: { user: userInfo().username, name: "test" },
      acknowledge: false,
    });
    const task = {
      name: "t",
      task_id: { value: "t" },
      agent_id: { value: "" },
      resources: resources("cpus:0.1;mem:32"),
      command: { value: "exit 3" },
    };
    const succeeded = await executeWork(
      { work: { tasks: [task], isGroup: false }, role: "*", killAfterMs: undefined, networks: [] },
      { scheduler, clock: systemClock, print: (line) => void lines.push(line), remark: () => undefined },
    );
    assert.equal(succeeded, false);
    assert.match(lines[0] ?? "", /^Subscribed with ID /);
    assert.match(lines[1] ?? "", /^Submitted task 't' to agent '/);
    assert.ok(lines.includes("  message: 'Command exited with status 3'"), lines.join("\n"));
    await agent.stop({ unregister: true });
    await master.stop();
    await stopped;
  });

  void it("keep the registry in the work directory", async () => {
    const workDir = join(folder, "master");
    for (let start = 0; start < 2; start += 1) {
      const master = new Master("127.0.0.1:0", { workDir });
      await master.start();
      await master.stop();
    }
  });

  void it("say what is in the way", async () => {
    const first = new Master("127.0.0.1:0");
    await first.start();
    const second = new Master(first.address);
    await assert.rejects(second.start(), /^Error: Cannot listen on 127\.0\.0\.1:\d+: address already in use/);
    const settings = {
      master: first.address,
      workDir: join(folder, "a2"),
      port: Number(first.address.split(":")[1]),
    };
    await assert.rejects(new Agent(settings).start(), /address already in use/);
    await first.stop();
    const file = join(folder, "file");
    writeFileSync(file, "");
    assert.throws(
      () => new Agent({ master: "127.0.0.1:1", workDir: join(file, "x") }),
      /^Error: Failed to create agent work directory '/,
    );
    const homeless = new Master("127.0.0.1:0", { workDir: join(file, "x") });
    await assert.rejects(homeless.start(), /^Error: Failed to create work directory '/);
    assert.throws(() => new Master("nowhere"), TypeError);
  });

  void it("may be stopped before they have started", async () => {
    await new Master("127.0.0.1:0").stop();
    await new Agent({ master: "127.0.0.1:1", workDir: join(folder, "a3") }).stop();
  });
});
