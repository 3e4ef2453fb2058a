// The two questions that a rule answers about a principal or an object: is it about it, and does it allow it?
import type { ACLEntity } from "@mezzo/wire";

/** What is asked about; undefined is anybody or anything, which only a rule about ANY allows. */
export type Asked = string | undefined;

/** Whether a rule is about it: one about NONE is about everything, to forbid it. */
export function matches(asked: Asked, { type = "SOME", values = [] }: ACLEntity): boolean {
  if (type !== "SOME") return true;
  return asked !== undefined && values.includes(asked);
}

/** Whether a rule that is about it allows it. */
export function allows(asked: Asked, { type = "SOME", values = [] }: ACLEntity): boolean {
  if (type === "SOME") return asked !== undefined && values.includes(asked);
  return type === "ANY";
}
