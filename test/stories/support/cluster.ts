// Masters and agents of a story: real `mezzo` processes on loopback.
import { mkdirSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { Child } from "./child.ts";
import { takePort } from "./ports.ts";
import { mezzo, type Story } from "./story.ts";
import { until } from "./until.ts";

/** A machine of a story: an address, and what a command begins with to run there. */
export interface Machine {
  readonly ip: string;
  readonly within: readonly string[];
}

/** Where everything is unless a story says otherwise. */
export const thisMachine: Machine = { ip: "127.0.0.1", within: [] };

export interface ServerOptions {
  machine?: Machine;
  port?: number;
  /** The folder in the story's own; the same one again for a restart. */
  name?: string;
  flags?: readonly string[];
  /** What an agent's `--master` says, where that is not the master's address. */
  joins?: string;
  env?: Readonly<Record<string, string | undefined>>;
  /** `principal:secret` where the master asks everybody for one. */
  secret?: string;
}

/** A running master or agent. */
export interface Server {
  child: Child;
  port: number;
  /** `ip:port`. */
  address: string;
  workDir: string;
}

/** What agents of the stories offer. */
export const AGENT_RESOURCES = "cpus:4;mem:1024;disk:1024;ports:[31000-31099]";

/** GET a JSON document, or POST a call when there is a body. Throws for any answer but 2xx. */
export async function getJson<T>(
  address: string,
  path: string,
  { body, secret }: { body?: unknown; secret?: string | undefined } = {},
): Promise<T> {
  const authorization =
    secret === undefined ? {} : { Authorization: `Basic ${Buffer.from(secret).toString("base64")}` };
  const headers = { "Content-Type": "application/json", ...authorization };
  const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
  const answer = await fetch(`http://${address}${path}`, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${text}`);
  return JSON.parse(text) as T;
}

interface ListedAgent {
  id: string;
  active: boolean;
  port: number;
}

/** The agents that a master lists. */
export async function listAgents(master: Pick<Server, "address">, secret?: string): Promise<ListedAgent[]> {
  return (await getJson<{ slaves: ListedAgent[] }>(master.address, "/slaves", { secret })).slaves;
}

/** Resolves with what `look` finds; rejects with what the process printed when it ends, or finds nothing in time. */
async function whenReady<T>(child: Child, what: string, look: () => Promise<T | undefined>): Promise<T> {
  const found = await until(what, async () => (child.isRunning ? look() : { ended: true })).catch(
    (error: unknown) => {
      throw new Error(`It printed ${child.errors}`, { cause: error });
    },
  );
  if (!child.isRunning) throw new Error(`It has ended; it printed ${child.errors}`);
  return found as T;
}

/** Where a master or agent listens, and what it is called. */
function placeFlags({ ip }: Machine, port: number): string[] {
  const hostname = ip === thisMachine.ip ? "localhost" : ip;
  return [`--ip=${ip}`, `--hostname=${hostname}`, `--port=${port}`];
}

/** Starts a master; resolves when it answers. */
export async function startMaster(story: Story, options: ServerOptions = {}): Promise<Server> {
  const port = options.port ?? (await takePort());
  const workDir = join(story.folder, options.name ?? "master");
  const machine = options.machine ?? thisMachine;
  const where = [...placeFlags(machine, port), `--work_dir=${workDir}`];
  const command = ["master", ...where, ...(options.flags ?? [])];
  const child = story.start([...machine.within, mezzo, ...command], { env: options.env ?? {} });
  const address = `${machine.ip}:${port}`;
  await whenReady(child, `the master on ${address} answers`, async () => {
    return (await fetch(`http://${address}/health`)).ok || undefined;
  });
  return { child, port, address, workDir };
}

/** Starts an agent; resolves when the master lists it as active. */
export async function startAgent(
  story: Story,
  master: Server,
  options: ServerOptions = {},
): Promise<Server & { id: string }> {
  const port = options.port ?? (await takePort());
  const name = options.name ?? "agent";
  const workDir = join(story.folder, name);
  const runtimeDir = join(story.folder, `${name}-run`);
  mkdirSync(runtimeDir, { recursive: true });
  const flags = options.flags ?? [];
  const resources = flags.some((flag) => flag.startsWith("--resources"))
    ? []
    : [`--resources=${AGENT_RESOURCES}`];
  const machine = options.machine ?? thisMachine;
  const where = [...placeFlags(machine, port), `--master=${options.joins ?? master.address}`];
  const folders = [`--work_dir=${workDir}`, `--runtime_dir=${runtimeDir}`];
  const quick = "--registration_backoff_factor=100ms";
  // Frameworks of others say they are root; only root can run their tasks as somebody else.
  const user = userInfo().uid === 0 ? [] : ["--no-switch_user"];
  const command = ["agent", ...where, ...folders, ...resources, quick, ...user, ...flags];
  const child = story.start([...machine.within, mezzo, ...command], { env: options.env ?? {} });
  const id = await whenReady(child, `the agent on port ${port} is registered`, async () => {
    return (await listAgents(master, options.secret)).find((agent) => agent.port === port && agent.active)
      ?.id;
  });
  return { child, port, address: `${machine.ip}:${port}`, workDir, id };
}

/** The sandbox of an executor's latest run. */
export function sandboxOf(
  { workDir, id }: { workDir: string; id: string },
  { frameworkId, executorId }: { frameworkId: string; executorId: string },
): string {
  return join(workDir, "slaves", id, "frameworks", frameworkId, "executors", executorId, "runs/latest");
}
