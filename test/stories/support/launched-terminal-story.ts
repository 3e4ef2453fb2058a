// What every launcher gives containers over the agent's API with a terminal (`tty_info`), beside those of tasks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import type { AgentCall, AgentResponse, CommandInfo, ContainerID, ContainerInfo } from "@mezzo/wire";
import { AttachedInput, AttachedOutput } from "./attached.ts";
import type { OneAgent } from "./one-agent.ts";
import { processesOf, processesWith } from "./processes.ts";
import { TALK } from "./terminal-story.ts";
import { PATIENCE_MS, until } from "./until.ts";

/** Of `exit 3`, as wait(2) tells it. */
const STATUS_3 = 3 << 8;

/** A command that bears a terminal that hangs up, with a child that does, too. */
const STUBBORN = "trap '' HUP TERM; sleep 1000 & while :; do echo here; sleep 0.05; done";

/** The tests, in a suite that has started `one()` with these flags. */
export function launchedTerminalStory(
  one: () => OneAgent,
  { flags, more = {} }: { flags: readonly string[]; more?: Partial<ContainerInfo> },
): void {
  const container: ContainerInfo = {
    type: "MESOS",
    tty_info: { window_size: { rows: 33, columns: 44 } },
    ...more,
  };

  async function call(body: AgentCall): Promise<AgentResponse> {
    const answer = await fetch(`http://${one().agent.address}/api/v1`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await answer.text();
    assert.equal(answer.status, 200, text);
    return text === "" ? {} : JSON.parse(text);
  }

  const launch = (
    container_id: ContainerID,
    command: CommandInfo,
    container?: ContainerInfo,
  ): Promise<AgentResponse> =>
    call({
      type: "LAUNCH_CONTAINER",
      launch_container: { container_id, command, ...(container && { container }) },
    });

  const wait = (container_id: ContainerID): Promise<AgentResponse> =>
    call({ type: "WAIT_CONTAINER", wait_container: { container_id } });

  const kill = (container_id: ContainerID, signal = 9): Promise<AgentResponse> =>
    call({ type: "KILL_CONTAINER", kill_container: { container_id, signal } });

  const of = (id: ContainerID): { address: string; id: ContainerID } => ({
    address: one().agent.address,
    id,
  });

  /** Talks with it to its end. */
  async function talk(id: ContainerID, { sandbox }: { sandbox: string }): Promise<void> {
    await launch(id, { value: TALK }, container);
    const shown = await AttachedOutput.open(of(id));
    const input = new AttachedInput(of(id));
    await input.type("size\n");
    await shown.sees("33 44\r\n");
    await input.resize(11, 22);
    await input.type("size\n");
    await shown.sees("11 22\r\n");
    await input.type("hello\n");
    await shown.sees("got hello\r\n");
    await input.type("\u0003");
    await shown.sees("interrupted");
    const waited = wait(id);
    await input.type("end\n");
    assert.deepEqual((await waited).wait_container, { exit_status: STATUS_3 });
    await shown.ended;
    assert.equal((await input.answered).status, 200);
    const printed = readFileSync(join(one().agent.workDir, sandbox, "stdout"), "utf8");
    assert.match(printed, /33 44\r\n11 22\r\ngot hello\r\n/);
    assert.equal(printed.match(/got hello/g)?.length, 1);
  }

  void it("a container over the API has one, alone and inside another", async () => {
    await talk({ value: "alone" }, { sandbox: "containers/alone" });
    const around: ContainerID = { value: "around" };
    await launch(around, { value: "sleep 1000" });
    await talk({ value: "inside", parent: around }, { sandbox: "containers/around/containers/inside" });
    await kill(around);
  });

  void it("a container over the API takes signals", async () => {
    const id: ContainerID = { value: "signalled" };
    await launch(id, { value: TALK }, container);
    const shown = await AttachedOutput.open(of(id));
    const input = new AttachedInput(of(id));
    await input.type("hello\n");
    await shown.sees("got hello");
    const waited = wait(id);
    await kill(id, 15);
    assert.deepEqual((await waited).wait_container, { exit_status: 15 });
    await shown.ended;
  });

  void it("a container over the API whose program is not there names it in its sandbox", async () => {
    await launch({ value: "missing" }, { shell: false, value: "/no/such" }, container);
    const folder = join(one().agent.workDir, "containers/missing");
    await until("it is named", () =>
      ["stdout", "stderr"].some((name) =>
        /\/no\/such.*No such file or directory/.test(readFileSync(join(folder, name), "utf8")),
      ),
    );
  });

  void it("a container over the API ends with the agent's process, whatever it bears", async () => {
    const id: ContainerID = { value: "stubborn" };
    const mark = one().story.folder;
    const environment = { variables: [{ name: "STUBBORN", value: mark }] };
    await launch(id, { value: STUBBORN, environment }, container);
    const shown = await AttachedOutput.open(of(id));
    await shown.sees("here");
    // Those in it, and those beside it that hold its terminal.
    const processes = (): number[] => [
      ...processesWith("STUBBORN", mark),
      ...processesOf(join(one().runtimeDir, "containers", id.value)),
    ];
    assert.ok(processes().length > 2);
    await one().kill();
    await until("nothing of it runs", () => processes().length === 0);
    await one().startAgain(flags);
    const { get_containers } = await call({
      type: "GET_CONTAINERS",
      get_containers: { show_nested: true, show_standalone: true },
    });
    assert.ok(!get_containers?.containers?.some(({ container_id }) => container_id?.value === id.value));
  });
}
