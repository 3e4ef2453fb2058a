// Randomness and ids as arguments: the only module that asks the machine for random bits.
import { randomUUID } from "node:crypto";

export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** An RFC 4122 version 4 UUID as text. */
  uuid(): string;
}

/** The machine's source of randomness. */
export const systemRandom: Random = {
  next: () => Math.random(),
  uuid: () => randomUUID(),
};

/** The 16 bytes of a UUID given as text, in base64: how messages carry `uuid` fields. */
export function uuidToBase64(uuid: string): string {
  return Buffer.from(uuid.replaceAll("-", ""), "hex").toString("base64");
}
