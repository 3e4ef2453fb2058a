// Obstacles in words, alone or many alike in one line with the range of their numbers.
import type { Lack, Obstacle } from "../../../allocator/explain/index.ts";

/** Obstacles that differ by numbers alone. */
export interface ReasonGroup {
  role: string;
  filter: string;
  reason: string;
  agents: number;
  /** By name: the least and the most. */
  lacks: Map<string, { isAmount: boolean; least: number; most: number }>;
  untilMs: { least: number; most: number } | undefined;
  sinceMs: { least: number; most: number } | undefined;
}

const THOUSANDTHS = 1000;
const MS = 1000;

const widen = (
  range: { least: number; most: number } | undefined,
  value: number | undefined,
): { least: number; most: number } | undefined => {
  if (value === undefined) return range;
  if (range === undefined) return { least: value, most: value };
  return { least: Math.min(range.least, value), most: Math.max(range.most, value) };
};

function addLack(group: ReasonGroup, { name, amount, isAmount }: Lack): void {
  const range = widen(group.lacks.get(name), amount);
  if (range !== undefined) group.lacks.set(name, { isAmount, ...range });
}

function keyOf({ role, filter, reason, lacks = [] }: Obstacle): string {
  let key = `${role}\n${filter}\n${reason}`;
  for (const { name } of lacks) key += `\n${name}`;
  return key;
}

/** Counts an obstacle among its like. */
export function addToGroups(groups: Map<string, ReasonGroup>, obstacle: Obstacle): void {
  const key = keyOf(obstacle);
  let group = groups.get(key);
  if (group === undefined) {
    const { role, filter, reason } = obstacle;
    group = { role, filter, reason, agents: 0, lacks: new Map(), untilMs: undefined, sinceMs: undefined };
    groups.set(key, group);
  }
  group.agents++;
  for (const lack of obstacle.lacks ?? []) addLack(group, lack);
  group.untilMs = widen(group.untilMs, obstacle.untilMs);
  group.sinceMs = widen(group.sinceMs, obstacle.sinceMs);
}

function between(least: string, most: string): string {
  return least === most ? most : `${least} to ${most}`;
}

function seconds(ms: number): string {
  return (Math.max(ms, 0) / MS).toFixed(1);
}

/** `cpus short by 1.5 (too little is free)`, `filtered for 1.0 to 4.2 s more`. */
export function groupText({ reason, lacks, untilMs, sinceMs }: ReasonGroup, nowMs: number): string {
  const short = [...lacks].map(([name, { isAmount, least, most }]) =>
    isAmount
      ? `${name} short by ${between(String(least / THOUSANDTHS), String(most / THOUSANDTHS))}`
      : `${name} not there`,
  );
  let text = short.length === 0 ? reason : `${short.join(", ")} (${reason})`;
  if (untilMs !== undefined)
    text += ` for ${between(seconds(untilMs.least - nowMs), seconds(untilMs.most - nowMs))} s more`;
  if (sinceMs !== undefined)
    text += ` for ${between(seconds(nowMs - sinceMs.most), seconds(nowMs - sinceMs.least))} s by now`;
  return text;
}

/** One obstacle in words. */
export function obstacleText(obstacle: Obstacle, nowMs: number): string {
  const groups = new Map<string, ReasonGroup>();
  addToGroups(groups, obstacle);
  return [...groups.values()].map((group) => groupText(group, nowMs)).join();
}
