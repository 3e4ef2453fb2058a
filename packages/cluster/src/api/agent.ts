// An agent to run from code: `await new Agent({ master: "localhost:5050", workDir: "/tmp/agent" }).run()`.
import type { AgentDependencies, AgentEnd, AgentProcess } from "../agent/run.ts";
import { AGENT_DEFAULTS, type AgentOptions } from "../agent/options.ts";
import { systemClock, type Clock } from "../core/clock.ts";
import { silentLogger, type Logger } from "../core/logger.ts";
import { thisMachine } from "../core/machine.ts";
import { agentResources } from "./agent-resources.ts";
import { createAgentProcess } from "./create-agent-process.ts";
import { createFolder } from "./create-folder.ts";
import { explainListenError } from "./explain-listen-error.ts";

/** What an agent must be told, and may be: everything else has Mesos' defaults, and resources are found out. */
export type AgentSettings = Pick<AgentOptions, "master" | "workDir"> & Partial<AgentOptions>;

/** What the agent takes from its surroundings. */
export type AgentSurroundings = Partial<AgentDependencies> & { clock?: Clock; logger?: Logger };

/** Between two looks at whether the agent serves yet: unnoticeable, and cheap. */
const START_POLL_MS = 5;

function completeOptions(settings: AgentSettings): AgentOptions {
  const defaultRole = settings.defaultRole ?? AGENT_DEFAULTS.defaultRole;
  let resources = settings.resources;
  if (resources === undefined) {
    const found = agentResources(
      { resources: undefined, defaultRole, workDir: settings.workDir },
      thisMachine(),
    );
    if (!found.ok) throw new Error(found.error);
    resources = found.value.resources;
  }
  const runtimeDir = settings.runtimeDir ?? `${settings.workDir}/run`;
  const fetcherCacheDir = settings.fetcherCacheDir ?? `${runtimeDir}/fetch`;
  const place = { ip: "127.0.0.1", hostname: "localhost" };
  return { ...AGENT_DEFAULTS, ...place, ...settings, resources, runtimeDir, fetcherCacheDir };
}

/** One agent. It may run once. */
export class Agent {
  readonly #process: AgentProcess;
  readonly #clock: Clock;
  readonly #options: AgentOptions;
  #ended: Promise<AgentEnd> | undefined;

  /** Creates the folders. Throws when that fails, or when resources cannot be found out. */
  constructor(settings: AgentSettings, surroundings: AgentSurroundings = {}) {
    createFolder(settings.workDir, "agent work directory");
    this.#options = completeOptions(settings);
    createFolder(this.#options.runtimeDir, "agent runtime directory");
    this.#clock = surroundings.clock ?? systemClock;
    const dependencies = { ...surroundings, clock: this.#clock, logger: surroundings.logger ?? silentLogger };
    this.#process = createAgentProcess(this.#options, dependencies);
  }

  /** `host:port` that it listens on; the port is known once it has started. */
  get address(): string {
    const { ip, port } = this.#process.address;
    return `${ip}:${port}`;
  }

  /** Resolves when the agent serves requests and has recovered. Rejects when it cannot listen. */
  async start(): Promise<void> {
    let failed: { error: unknown } | undefined;
    this.#begin().catch((error: unknown) => {
      failed = { error };
    });
    while (!this.#process.recovered) {
      if (failed !== undefined) throw failed.error;
      await new Promise<void>((resolve) => void this.#clock.after(START_POLL_MS, resolve));
    }
  }

  /** Starts unless started, and resolves when the agent has ended: by `stop`, or because its master told it to. */
  run(): Promise<AgentEnd> {
    return this.#begin();
  }

  /**
   * Ends the agent and resolves when everything is closed. Its tasks go on and are found again by the next agent with
   * the same work directory; with `unregister` they are killed and the master is told.
   */
  async stop({ unregister = false }: { unregister?: boolean } = {}): Promise<void> {
    if (this.#ended === undefined) return;
    this.#process.stop({ unregister });
    await this.#ended.catch(() => undefined);
  }

  #begin(): Promise<AgentEnd> {
    this.#ended ??= this.#process.run().catch((error: unknown) => {
      throw explainListenError(error, this.#options);
    });
    return this.#ended;
  }
}
