// Outstanding inverse offers: what the master asks frameworks to give back before a machine goes down.
import type { InverseOffer } from "@mezzo/wire";

export interface InverseOfferRecord {
  readonly id: string;
  readonly frameworkId: string;
  readonly agentId: string;
  /** The message as the framework got it. */
  readonly inverseOffer: InverseOffer;
}

/** Inverse offers by id, and their ids by framework and by agent. */
export interface InverseOfferTable {
  readonly byId: Map<string, InverseOfferRecord>;
  readonly byFramework: Map<string, Set<string>>;
  readonly byAgent: Map<string, Set<string>>;
}

/** No inverse offers. */
export function createInverseOfferTable(): InverseOfferTable {
  return { byId: new Map(), byFramework: new Map(), byAgent: new Map() };
}

function addId(index: Map<string, Set<string>>, owner: string, id: string): void {
  const ids = index.get(owner);
  if (ids === undefined) index.set(owner, new Set([id]));
  else ids.add(id);
}

function deleteId(index: Map<string, Set<string>>, owner: string, id: string): void {
  const ids = index.get(owner);
  ids?.delete(id);
  if (ids?.size === 0) index.delete(owner);
}

/** Lists an inverse offer. */
export function addInverseOffer(table: InverseOfferTable, record: InverseOfferRecord): void {
  table.byId.set(record.id, record);
  addId(table.byFramework, record.frameworkId, record.id);
  addId(table.byAgent, record.agentId, record.id);
}

/** Takes an inverse offer off the lists. */
export function deleteInverseOffer(table: InverseOfferTable, record: InverseOfferRecord): void {
  table.byId.delete(record.id);
  deleteId(table.byFramework, record.frameworkId, record.id);
  deleteId(table.byAgent, record.agentId, record.id);
}

/** Those of a framework or an agent, as a list that may be worked through while they end. */
export function inverseOffersOf(
  table: InverseOfferTable,
  owner: { frameworkId: string } | { agentId: string },
): InverseOfferRecord[] {
  const ids =
    "agentId" in owner ? table.byAgent.get(owner.agentId) : table.byFramework.get(owner.frameworkId);
  const records: InverseOfferRecord[] = [];
  for (const id of ids ?? []) {
    const record = table.byId.get(id);
    if (record !== undefined) records.push(record);
  }
  return records;
}
