// Several masters of a story that elect one, each started again when it ends, as a supervisor does.
import {
  getJson,
  type Machine,
  type Server,
  startMaster,
  thisMachine,
} from "../../stories/support/cluster.ts";
import { takePort } from "../../stories/support/ports.ts";
import type { Story } from "../../stories/support/story.ts";
import { until } from "../../stories/support/until.ts";

interface Member {
  readonly name: string;
  readonly machine: Machine;
  readonly port: number;
  server: Server | undefined;
}

/** How soon a new leader must serve, and some time for a busy machine to say so. */
const LEADER_TIMEOUT_MS = 30_000;

export interface MastersOptions {
  count: number;
  flags: readonly string[];
  /** One for each. */
  machines?: readonly Machine[];
}

export class Masters {
  readonly #story: Story;
  readonly #flags: readonly string[];
  readonly #members: Member[];
  #supervised = true;

  private constructor(story: Story, { flags, members }: { flags: readonly string[]; members: Member[] }) {
    this.#story = story;
    this.#flags = flags;
    this.#members = members;
    story.closes(() => {
      this.#supervised = false;
    });
  }

  static async start(story: Story, { count, flags, machines = [] }: MastersOptions): Promise<Masters> {
    const members: Member[] = [];
    for (let index = 0; index < count; index++) {
      const machine = machines[index] ?? thisMachine;
      members.push({ name: `master-${index}`, machine, port: await takePort(), server: undefined });
    }
    const masters = new Masters(story, { flags, members });
    for (const member of members) await masters.#run(member);
    return masters;
  }

  async #run(member: Member): Promise<void> {
    const { name, machine, port } = member;
    const server = await startMaster(this.#story, { name, machine, port, flags: this.#flags });
    member.server = server;
    void server.child.ended.then(() => {
      member.server = undefined;
      if (this.#supervised) this.#run(member).catch(() => undefined);
    });
  }

  /** Those whose process runs. */
  get servers(): Server[] {
    return this.#members.flatMap(({ server }) => server ?? []);
  }

  /** The one that leads and serves, not counting one that was deposed. */
  leader(except?: Server): Promise<Server> {
    return until(
      "a master leads",
      async () => {
        for (const server of this.servers) {
          if (server === except) continue;
          const leads = await this.#leads(server).catch(() => false);
          if (leads) return server;
        }
        return undefined;
      },
      { patienceMs: LEADER_TIMEOUT_MS },
    );
  }

  async #leads(server: Server): Promise<boolean> {
    const answer = await fetch(`http://${server.address}/state`, {
      redirect: "manual",
      signal: AbortSignal.timeout(2000),
    });
    if (answer.status !== 200) return false;
    return "elected_time" in ((await answer.json()) as object);
  }

  /** What the masters said last, for a failure's message. */
  logs(): string {
    return this.servers.map(({ address, child }) => `${address}:\n${child.errors.slice(-2000)}`).join("\n");
  }

  /** How many agents the leader has. */
  async agents(): Promise<number> {
    const { address } = await this.leader();
    const { slaves } = await getJson<{ slaves: { active: boolean }[] }>(address, "/slaves");
    return slaves.filter(({ active }) => active).length;
  }
}
