// GET /explain?framework_id=…: what the framework asked for, how it stands, and the first reason on each agent.
import { formatResources } from "@mezzo/wire";
import { type Obstacle, type Standing, foresee, standingsOf } from "../../../allocator/explain/index.ts";
import type { Client } from "../../../allocator/state.ts";
import type { Viewer } from "../../../authorization/viewer.ts";
import type { MasterState } from "../../state.ts";
import { absentAgents } from "./absent-agents.ts";
import { type ReasonQuestion, agentReason } from "./agent-reason.ts";
import type { ExplainQuery } from "./explain-query.ts";
import { type ReasonGroup, addToGroups, groupText, obstacleText } from "./reason-text.ts";

/** Pairs of a role and an agent that one answer looks at, so that nobody holds the master up: some tenths of a second. */
const MAX_PAIRS = 50_000;

/** Filters shown one by one. */
const MAX_FILTERS_SHOWN = 20;

const MS = 1000;

const toSeconds = (ms: number): number => Math.round(Math.max(ms, 0)) / MS;

/** What is asked, when, and by whom. */
interface Asked {
  query: ExplainQuery;
  nowMs: number;
  viewer: Viewer;
}

function filtersModel({ refusals }: Standing, nowMs: number): object {
  const shown: object[] = [];
  let lastMs = nowMs;
  for (const { agent, resources, expiresAtMs, kind } of refusals) {
    lastMs = Math.max(lastMs, expiresAtMs);
    if (shown.length >= MAX_FILTERS_SHOWN) continue;
    shown.push({
      agent_id: agent.id,
      resources: formatResources(resources),
      remaining_seconds: toSeconds(expiresAtMs - nowMs),
      until_next_interval: kind === "pause",
    });
  }
  return { count: refusals.size, last_ends_in_seconds: toSeconds(lastMs - nowMs), first: shown };
}

/** Of the role and of its quota what the caller may see; how the framework itself stands is its own. */
function roleModel(standing: Standing, { nowMs, viewer }: Asked): object {
  const { role, quota } = standing;
  const seesRole = viewer.role(role);
  return {
    role,
    subscribed: standing.subscribed,
    suppressed: standing.suppressed,
    ...(seesRole ? { weight: standing.weight, role_share: standing.roleShare } : {}),
    share: standing.share,
    ...(standing.rank === undefined ? {} : { rank: standing.rank }),
    competitors: standing.competitors,
    ...(quota === undefined || !viewer.quota(quota.role)
      ? {}
      : {
          quota: {
            role: quota.role,
            guarantees: Object.fromEntries(quota.guarantees),
            limits: Object.fromEntries(quota.limits),
            consumed: Object.fromEntries(quota.consumed),
          },
        }),
    filters: filtersModel(standing, nowMs),
  };
}

/** A reason as the answer has it; without an obstacle the agent is offered. */
export function reasonModel(role: string, obstacle: Obstacle | undefined, nowMs: number): object {
  if (obstacle === undefined) return offered(role);
  const { filter, lacks, untilMs, sinceMs } = obstacle;
  const amounts = (lacks ?? []).filter(({ isAmount }) => isAmount);
  return {
    role,
    filter,
    reason: obstacleText(obstacle, nowMs),
    ...(amounts.length === 0
      ? {}
      : { short_by: Object.fromEntries(amounts.map(({ name, amount }) => [name, amount / MS])) }),
    ...(untilMs === undefined ? {} : { remaining_seconds: toSeconds(untilMs - nowMs) }),
    ...(sinceMs === undefined ? {} : { since_seconds: toSeconds(nowMs - sinceMs) }),
  };
}

const offered = (role: string): Obstacle => ({
  role,
  filter: "none",
  reason: "will be offered in the next cycle",
});

interface Page {
  offset: number;
  limit: number;
}

/** Counts all reasons and keeps those of one page. */
class Reasons {
  readonly groups = new Map<string, ReasonGroup>();
  readonly page: object[] = [];
  readonly #page: Page;
  readonly #nowMs: number;
  #agents = 0;

  constructor(page: Page, nowMs: number) {
    this.#page = page;
    this.#nowMs = nowMs;
  }

  add(
    agent: { id: string; hostname: string | undefined },
    obstacles: readonly { role: string; obstacle: Obstacle | undefined }[],
  ): void {
    const index = this.#agents++;
    for (const { role, obstacle } of obstacles) addToGroups(this.groups, obstacle ?? offered(role));
    if (index < this.#page.offset || index >= this.#page.offset + this.#page.limit) return;
    this.page.push({
      agent_id: agent.id,
      ...(agent.hostname === undefined ? {} : { hostname: agent.hostname }),
      reasons: obstacles.map(({ role, obstacle }) => reasonModel(role, obstacle, this.#nowMs)),
    });
  }

  summary(): object[] {
    return [...this.groups.values()]
      .toSorted((left, right) => right.agents - left.agents)
      .map((group) => ({
        role: group.role,
        agents: group.agents,
        filter: group.filter,
        reason: groupText(group, this.#nowMs),
      }));
  }
}

function explainAgents(
  state: MasterState,
  clients: readonly Client[],
  { query, nowMs, viewer }: Asked,
): Reasons {
  const foresight = foresee(state.allocator, nowMs);
  const question: ReasonQuestion = { foresight, need: query.need, nowMs, viewer };
  const reasons = new Reasons(query, nowMs);
  for (const entry of state.allocator.agents.values()) {
    if (query.agentId !== undefined && entry.id !== query.agentId) continue;
    reasons.add(
      { id: entry.id, hostname: entry.info.hostname },
      clients.map((client) => ({
        role: client.role.name,
        obstacle: agentReason(state, { client, entry }, question),
      })),
    );
  }
  for (const { id, hostname, obstacle } of absentAgents(state)) {
    if (query.agentId !== undefined && id !== query.agentId) continue;
    const each = clients.map(({ role }) => ({ role: role.name, obstacle: { role: role.name, ...obstacle } }));
    reasons.add({ id, hostname }, each);
  }
  return reasons;
}

/** Answers about a framework that the allocator knows. `clients` are the roles asked about, at least one. */
export function explainFramework(state: MasterState, clients: readonly Client[], asked: Asked): object {
  const { query } = asked;
  const id = query.frameworkId ?? "";
  const framework = state.frameworks.registered.get(id);
  const count =
    query.agentId === undefined
      ? state.allocator.agents.size + state.agents.unreachable.size + state.agents.recovered.size
      : 1;
  const most = Math.max(1, Math.floor(MAX_PAIRS / Math.max(count, 1)));
  const explained = clients.slice(0, most);
  const reasons = explainAgents(state, explained, asked);
  return {
    framework_id: id,
    name: framework?.info.name ?? "",
    state: framework?.state ?? "unknown",
    active: framework?.active ?? false,
    offers: framework?.offers.size ?? 0,
    ...(query.need === undefined ? {} : { task: formatResources(query.need) }),
    roles: standingsOf(state.allocator, clients).map((standing) => roleModel(standing, asked)),
    roles_left_out: clients.slice(most).map(({ role }) => role.name),
    summary: reasons.summary(),
    agents: reasons.page,
    offset: query.offset,
    limit: query.limit,
    total: count,
  };
}
