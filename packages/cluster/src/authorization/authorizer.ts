// The local authorizer: who may do what, by the rules of `--acls`. @see Mesos docs/authorization.md
import type { ACLEntity, ACLs } from "@mezzo/wire";
import { ACTIONS, type Action } from "./actions.ts";
import { type Asked, allows, matches } from "./entity.ts";
import { rulesOf } from "./validate-acls.ts";

/** Whether one object may be acted on; without one, whether all may. */
export type Approver = (object?: string) => boolean;

/** A rule that is about the principal in question. */
interface Rule {
  objects: ACLEntity;
  /** `a/` of a rule about everything below `a`, which is then allowed or not by the principal alone. */
  below?: string;
  allowsPrincipal: boolean;
}

const ANY: ACLEntity = { type: "ANY" };
const BELOW = "/%";

/** A rule that names roles and whole subtrees is several, each about one kind. */
function* splitRoles(roles: ACLEntity): Generator<{ objects: ACLEntity; below?: string }> {
  if ((roles.type ?? "SOME") !== "SOME") {
    yield { objects: roles };
    return;
  }
  const exact: string[] = [];
  for (const value of roles.values ?? []) {
    if (value.endsWith(BELOW)) yield { objects: ANY, below: value.slice(0, -1) };
    else exact.push(value);
  }
  if (exact.length > 0) yield { objects: { type: "SOME", values: exact } };
}

function decide(rules: readonly Rule[], object: Asked, permissive: boolean): boolean {
  for (const { objects, below, allowsPrincipal } of rules) {
    if (below !== undefined && object?.startsWith(below) !== true) continue;
    if (matches(object, objects)) return allowsPrincipal && allows(object, objects);
  }
  return permissive;
}

export class Authorizer {
  readonly #acls: ACLs;
  readonly #permissive: boolean;

  constructor(acls: ACLs) {
    this.#acls = acls;
    this.#permissive = acls.permissive ?? true;
  }

  /** What a principal may do; undefined is a caller who did not authenticate. Made once, it answers for many objects. */
  approver(principal: string | undefined, action: Action): Approver {
    const { list, field, objects: kind } = ACTIONS[action];
    const permissive = this.#permissive;
    const rules: Rule[] = [];
    for (const { principals = ANY, [field]: objects = ANY } of rulesOf(this.#acls, list)) {
      if (!matches(principal, principals)) continue;
      const allowsPrincipal = allows(principal, principals);
      const parts = kind === "roles" ? splitRoles(objects) : [{ objects }];
      for (const part of parts) rules.push({ ...part, allowsPrincipal });
    }
    return (object) => decide(rules, object, permissive);
  }

  /** Whether a principal may act on one object, or on all without one. */
  approves(principal: string | undefined, action: Action, object?: string): boolean {
    return this.approver(principal, action)(object);
  }
}
