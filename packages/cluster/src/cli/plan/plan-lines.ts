// What `mezzo plan` prints: the master's answer as lines for people.

interface Holder {
  /** Absent, like the role, of a framework that the caller may not see. */
  framework_id?: string;
  role?: string;
  resources: string;
  offered: boolean;
}

export interface PlanAnswer {
  role: string;
  task: string;
  count: number;
  fits: number;
  rank?: number;
  competitors?: number;
  agents: { agent_id: string; hostname: string; count: number }[];
  agents_used: number;
  more: { without_quota?: number; offers_returned: number; everything_freed: number; never: number };
  obstacles: { agents: number; reason: string }[];
  to_free: { agent_id: string; hostname: string; lacks: string; count: number; holders: Holder[] }[];
}

function moreLines({ more }: PlanAnswer): string[] {
  const { without_quota: withoutQuota = 0, offers_returned: returned, everything_freed: freed, never } = more;
  const lines: string[] = [];
  if (withoutQuota > 0) lines.push(`  ${withoutQuota} more without quota`);
  if (returned > 0) lines.push(`  ${returned} more when frameworks give back what they have been offered`);
  if (freed > 0) lines.push(`  ${freed} more when what runs has ended`);
  if (never > 0) lines.push(`  ${never} never: the agents are too few or too small`);
  return lines;
}

function holderText({ framework_id: id, role, resources, offered }: Holder): string {
  const who = id === undefined ? "another framework" : `framework ${id} in role ${role ?? "*"}`;
  return `${who} has ${resources}${offered ? ", some of it only offered" : ""}`;
}

/** The lines. */
export function planLines(answer: PlanAnswer): string[] {
  const rank = answer.rank === undefined ? "" : `, rank ${answer.rank} of ${answer.competitors ?? 0}`;
  const lines = [
    `${answer.fits} of ${answer.count} fit now: ${answer.task} each, in role ${answer.role}${rank}`,
    ...moreLines(answer),
  ];
  for (const { agent_id: id, hostname, count } of answer.agents)
    lines.push(`  on ${id} (${hostname}): ${count}`);
  const hidden = answer.agents_used - answer.agents.length;
  if (hidden > 0) lines.push(`  and on ${hidden} more agents`);
  if (answer.obstacles.length > 0) lines.push("", "what keeps agents from taking more:");
  for (const { agents, reason } of answer.obstacles)
    lines.push(`  ${agents} ${agents === 1 ? "agent" : "agents"}: ${reason}`);
  if (answer.to_free.length > 0) lines.push("", "what would have to be freed:");
  for (const { agent_id: id, hostname, lacks, count, holders } of answer.to_free) {
    const held = holders.map((each) => holderText(each)).join("; ");
    lines.push(`  ${lacks} on ${id} (${hostname}), for the first of ${count}: ${held}`);
  }
  return lines;
}
