// A master, an agent that is killed and started again, and tasks that run until a file says how they end.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { TaskInfo } from "@mezzo/wire";
import type { Child } from "./child.ts";
import { AGENT_RESOURCES, listAgents, startAgent, startMaster, type Server } from "./cluster.ts";
import { Framework, scalars } from "./framework.ts";
import { processesOf } from "./processes.ts";
import { mezzo, type Story } from "./story.ts";
import { until } from "./until.ts";

const executorScript = join(import.meta.dirname, "file-executor.ts");

type Task = Omit<TaskInfo, "agent_id">;

export class OneAgent {
  readonly story: Story;
  readonly master: Server;
  readonly framework: Framework;
  agent: Awaited<ReturnType<typeof startAgent>>;

  private constructor(parts: Pick<OneAgent, "story" | "master" | "framework" | "agent">) {
    this.story = parts.story;
    this.master = parts.master;
    this.framework = parts.framework;
    this.agent = parts.agent;
  }

  static async start(story: Story, flags: readonly string[] = []): Promise<OneAgent> {
    const master = await startMaster(story);
    const agent = await startAgent(story, master, { flags });
    const framework = new Framework({ master: master.address });
    await framework.subscribe();
    return new OneAgent({ story, master, agent, framework });
  }

  /** Ends the agent's process alone; resolves when the master knows. */
  async kill(): Promise<void> {
    await this.agent.child.stop("SIGKILL");
    await until("the master notices", async () =>
      (await listAgents(this.master)).every(({ active }) => !active),
    );
  }

  /** Starts the agent again; resolves when the master lists it. */
  async startAgain(flags: readonly string[] = []): Promise<void> {
    this.agent = await startAgent(this.story, this.master, { port: this.agent.port, flags });
  }

  /** Starts an agent on the same folders that is to end by itself; resolves when it has. */
  async startToEnd(flags: readonly string[]): Promise<Child> {
    const given = flags.some((flag) => flag.startsWith("--resources"));
    const resources = given ? [] : [`--resources=${AGENT_RESOURCES}`];
    const where = ["--ip=127.0.0.1", "--hostname=localhost", `--port=${this.agent.port}`];
    const folders = [`--work_dir=${this.agent.workDir}`, `--runtime_dir=${this.runtimeDir}`];
    const user = userInfo().uid === 0 ? [] : ["--no-switch_user"];
    const command = [
      "agent",
      ...where,
      ...folders,
      `--master=${this.master.address}`,
      ...user,
      ...resources,
      ...flags,
    ];
    const child = this.story.start([mezzo, ...command]);
    await until("it has ended", () => !child.isRunning);
    return child;
  }

  get runtimeDir(): string {
    return join(this.story.folder, "agent-run");
  }

  get metaDir(): string {
    return join(this.agent.workDir, "meta");
  }

  /** Every checkpoint whose path ends so; the way through `latest` is not another one. */
  checkpoints(ending: string): string[] {
    return readdirSync(this.metaDir, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(ending) && !name.includes("latest/"))
      .map((name) => join(this.metaDir, name));
  }

  /** Processes of tasks: all of the story but its master and its agent. */
  taskProcesses(): number[] {
    const servers = [this.master.child.pid, this.agent.child.pid];
    return processesOf(this.story.folder).filter((pid) => !servers.includes(pid));
  }

  #file(name: string): string {
    return join(this.story.folder, name);
  }

  /** The process id that a task wrote. */
  async pidOf(id: string): Promise<number> {
    return Number(
      await until(`${id}.pid is written`, () => readFileSync(this.#file(`${id}.pid`), "utf8").trim()),
    );
  }

  /** Lets a task end with a status. */
  go(id: string, status = 0): void {
    writeFileSync(this.#file(`${id}.go`), String(status));
  }

  /** Writes its process id, then waits for a file, whose content is its exit status. */
  command(id: string, more: Partial<TaskInfo> = {}): Task {
    const command = [
      `echo $$ > ${this.#file(`${id}.pid`)}`,
      `while [ ! -s ${this.#file(`${id}.go`)} ]; do sleep 0.05; done`,
      `exit $(cat ${this.#file(`${id}.go`)})`,
    ].join("; ");
    return this.framework.command(id, command, more);
  }

  /** The same by an executor on the SDK. */
  custom(id: string): Task {
    return {
      name: id,
      task_id: { value: id },
      resources: scalars({ cpus: 0.1, mem: 32 }),
      executor: {
        type: "CUSTOM",
        executor_id: { value: `executor-of-${id}` },
        framework_id: { value: this.framework.id },
        command: { value: `exec ${process.execPath} ${executorScript} ${this.#file(id)}` },
        resources: scalars({ cpus: 0.1, mem: 32 }),
      },
    };
  }

  /** Launches them on an offer with so much of the CPUs. */
  async launch(tasks: readonly Task[], leastCpus = 1): Promise<void> {
    const offer = await this.framework.largeOffer(leastCpus);
    const task_infos = tasks.map((task) => ({ ...task, agent_id: offer.agent_id }));
    await this.framework.accept(offer, [{ type: "LAUNCH", launch: { task_infos } }]);
  }

  /** Launches them and waits until they run. */
  async run(tasks: readonly Task[]): Promise<void> {
    await this.launch(tasks);
    for (const { task_id } of tasks) await this.framework.sees(task_id.value, "TASK_RUNNING");
  }

  /** The same for commands of one group on the default executor. */
  async runGroup(executorId: string, tasks: readonly Task[]): Promise<void> {
    const { agent_id, ...offer } = await this.framework.largeOffer();
    await this.framework.accept({ agent_id, ...offer }, [
      this.framework.group(executorId, tasks, { agent_id }),
    ]);
    for (const { task_id } of tasks) await this.framework.sees(task_id.value, "TASK_RUNNING");
  }
}
