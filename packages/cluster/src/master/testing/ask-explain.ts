// Asks a master on a stage GET /explain, as tests do.
import assert from "node:assert/strict";
import type { Resource } from "@mezzo/wire";
import { SEES_EVERYTHING, type Viewer } from "../../authorization/viewer.ts";
import { HttpRequest } from "../../net/http/http-request.ts";
import type { RequestHead } from "../../net/http/request-head.ts";
import { answerExplain } from "../api/explain/answer-explain.ts";
import type { Stage } from "./stage.ts";

/** What is read of an answer. */
export interface Explained {
  roles: {
    role: string;
    rank?: number;
    suppressed: boolean;
    weight?: number;
    share: number;
    role_share?: number;
    quota?: { role: string; guarantees: object; limits: object; consumed: object };
    filters: { count: number; last_ends_in_seconds: number };
  }[];
  roles_left_out: string[];
  summary: { role: string; agents: number; filter: string; reason: string }[];
  agents: { agent_id: string; reasons: { filter: string; reason: string; short_by?: object }[] }[];
  frameworks: { framework_id: string; role: string; filter: string; reason: string }[];
  total: number;
}

export function askExplain(
  stage: Stage,
  query: Record<string, string>,
  viewer: Viewer = SEES_EVERYTHING,
): { status: number; body: string } {
  const head = { method: "GET", path: "/explain", query: new Map(Object.entries(query)) };
  const request = new HttpRequest(head as unknown as RequestHead, { body: Buffer.alloc(0), remote: "" });
  const { status, body = "" } = answerExplain(stage.state, request, { nowMs: stage.now, viewer });
  assert.ok(typeof body === "string");
  return { status, body };
}

/** The answer to a question that can be answered. */
export function explained(stage: Stage, query: Record<string, string>, viewer?: Viewer): Explained {
  const { status, body } = askExplain(stage, query, viewer);
  assert.equal(status, 200, body);
  return JSON.parse(body) as Explained;
}

/** `2 filter: reason`, the most agents first. */
export function summaryLines({ summary }: Explained): string[] {
  return summary.map(({ agents, filter, reason }) => `${agents} ${filter}: ${reason}`);
}

/** A task of these resources, as a question has it. */
export function wants(...resources: Resource[]): string {
  return JSON.stringify({ resources });
}
