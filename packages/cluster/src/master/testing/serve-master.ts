// A master that listens, for tests of what it answers.
import { systemClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import { systemRandom } from "../../core/random.ts";
import { MemoryStore } from "../../store/memory-store.ts";
import type { RegistryStore } from "../../store/registry-store.ts";
import { type MasterOptions, defaultMasterOptions } from "../options.ts";
import { MasterProcess } from "../run.ts";

/** A registry in memory that stays open when its master stops: the next one reads what it wrote. */
export function lastingStore(): RegistryStore {
  const store = new MemoryStore();
  return {
    load: () => store.load(),
    commit: (changes) => store.commit(changes),
    close: () => Promise.resolve(),
  };
}

/** Starts a master on any port. */
export async function serveMaster(
  options: Partial<MasterOptions> = {},
  store: RegistryStore = new MemoryStore(),
): Promise<MasterProcess> {
  const master = new MasterProcess(
    { ...defaultMasterOptions, port: 0, ...options },
    { clock: systemClock, logger: silentLogger, random: systemRandom, store },
  );
  await master.start();
  return master;
}

export interface Answer {
  status: number;
  contentType: string | null;
  text: string;
}

/** Asks a master; `body` is sent as it is if it is text, as JSON otherwise. */
export async function send(
  { address }: MasterProcess,
  path: string,
  {
    method = "POST",
    body,
    headers = {},
  }: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(`http://127.0.0.1:${address.port}${path}`, {
    method,
    headers: { "Content-Type": "application/json", Accept: "application/json", ...headers },
    ...(body === undefined ? {} : { body: text }),
  });
  const contentType = response.headers.get("content-type");
  return { status: response.status, contentType, text: await response.text() };
}

/** The header of somebody with this password. */
export function basic(principal: string, secret: string): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(`${principal}:${secret}`).toString("base64")}` };
}
