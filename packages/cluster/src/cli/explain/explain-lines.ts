// What `mezzo explain` prints: the master's answer as lines for people.

interface Reason {
  role: string;
  filter: string;
  reason: string;
}

interface QuotaModel {
  role: string;
  guarantees: Record<string, number>;
  limits: Record<string, number>;
  consumed: Record<string, number>;
}

/** Of a role of the framework asked about. */
export interface RoleModel {
  role: string;
  subscribed: boolean;
  suppressed: boolean;
  /** Left out, as is the role's share, where the caller may not see the role. */
  weight?: number;
  share: number;
  role_share?: number;
  rank?: number;
  competitors: number;
  quota?: QuotaModel;
  filters: { count: number; last_ends_in_seconds: number };
}

export interface FrameworkAnswer {
  framework_id: string;
  name: string;
  state: string;
  active: boolean;
  offers: number;
  task?: string;
  roles: RoleModel[];
  roles_left_out: string[];
  summary: (Reason & { agents: number })[];
  agents: { agent_id: string; hostname?: string; reasons: Reason[] }[];
  total: number;
}

export interface AgentAnswer {
  agent_id: string;
  hostname?: string;
  task?: string;
  total_resources: string;
  free_resources: string;
  frameworks: (Reason & { framework_id: string; name: string })[];
  total: number;
}

export interface WaitingAnswer {
  frameworks: { framework_id: string; name: string; roles: string[]; tasks: number }[];
  total: number;
}

const PERCENT = 100;

const percent = (share: number): string => `${(share * PERCENT).toFixed(1)} %`;

const amounts = (of: Record<string, number>): string =>
  Object.entries(of)
    .map(([name, amount]) => `${name}:${amount}`)
    .join(";") || "nothing";

function quotaText({ role, guarantees, limits, consumed }: QuotaModel): string {
  return `quota of ${role}: guaranteed ${amounts(guarantees)}, at most ${amounts(limits)}, has ${amounts(consumed)}`;
}

function roleLine(role: RoleModel): string {
  const parts: string[] = [];
  if (!role.subscribed) parts.push("left, still holds resources");
  if (role.suppressed) parts.push("suppressed");
  if (role.weight !== undefined) parts.push(`weight ${role.weight}`);
  const ofRole = role.role_share === undefined ? "" : ` (role ${percent(role.role_share)})`;
  parts.push(`share ${percent(role.share)}${ofRole}`);
  if (role.rank !== undefined) parts.push(`rank ${role.rank} of ${role.competitors}`);
  if (role.filters.count > 0)
    parts.push(
      `${role.filters.count} filters, the last for ${role.filters.last_ends_in_seconds.toFixed(1)} s more`,
    );
  if (role.quota !== undefined) parts.push(quotaText(role.quota));
  return `  role ${role.role}: ${parts.join(", ")}`;
}

/** `412 agents: …`, the most first; the role is named where there are several. */
function summaryLines({ summary, roles }: FrameworkAnswer): string[] {
  if (summary.length === 0) return ["  there are no agents"];
  return summary.map(({ agents, role, reason }) => {
    const within = roles.length > 1 ? ` [${role}]` : "";
    return `  ${agents} ${agents === 1 ? "agent" : "agents"}${within}: ${reason}`;
  });
}

/** Lines about a framework. */
export function frameworkLines(answer: FrameworkAnswer, withAgents: boolean): string[] {
  const state = answer.active ? answer.state : `${answer.state}, gets no offers`;
  const wanted = answer.task === undefined ? "" : `, wants ${answer.task}`;
  const lines = [
    `framework ${answer.framework_id} (${answer.name}): ${state}, ${answer.offers} offers${wanted}`,
    ...answer.roles.map(roleLine),
    "",
    ...summaryLines(answer),
  ];
  if (answer.roles_left_out.length > 0)
    lines.push(`  ${answer.roles_left_out.length} more roles: ask for each with --role`);
  if (!withAgents) return lines;
  lines.push("");
  for (const { agent_id: id, hostname, reasons } of answer.agents) {
    const each = reasons.map(({ role, reason }) => (reasons.length > 1 ? `[${role}] ${reason}` : reason));
    lines.push(`  ${id}${hostname === undefined ? "" : ` (${hostname})`}: ${each.join("; ")}`);
  }
  return [...lines, ...restLine(answer.agents.length, answer.total)];
}

function restLine(shown: number, total: number): string[] {
  return shown < total ? [`  ${shown} of ${total} are shown; --offset and --limit show others`] : [];
}

/** Lines about an agent. */
export function agentLines(answer: AgentAnswer): string[] {
  const host = answer.hostname === undefined ? "" : ` (${answer.hostname})`;
  return [
    `agent ${answer.agent_id}${host}${answer.task === undefined ? "" : `, for ${answer.task}`}`,
    `  has ${answer.total_resources}`,
    `  free ${answer.free_resources}`,
    "",
    ...answer.frameworks.map(
      ({ framework_id: id, name, role, reason }) => `  ${id} (${name}) in role ${role}: ${reason}`,
    ),
    ...restLine(answer.frameworks.length, answer.total),
  ];
}

/** Lines about those that wait. */
export function waitingLines({ frameworks, total }: WaitingAnswer): string[] {
  if (total === 0) return ["no framework waits for offers"];
  return [
    `${total} ${total === 1 ? "framework waits" : "frameworks wait"} for offers; --framework=ID tells why`,
    ...frameworks.map(
      ({ framework_id: id, name, roles, tasks }) =>
        `  ${id} (${name}): roles ${roles.join(", ")}; ${tasks} tasks`,
    ),
    ...restLine(frameworks.length, total),
  ];
}
