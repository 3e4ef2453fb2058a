// Where the leading master may be: the addresses given, tried in turn, and where one of them points.
import { type MasterInfo, failure, success, type Result } from "@mezzo/wire";

/** How often one attempt may be sent elsewhere: masters that point at each other would do it forever. */
const MAX_REDIRECTS = 5;

/** `http://host:port` of `host:port`, `http://host:port` or a master's pid `master@host:port`. */
export function parseMaster(text: string): Result<string> {
  if (text.startsWith("https://"))
    return failure(`Cannot find the master at ${text}: TLS is not supported yet`);
  const authority = text
    .replace(/^http:\/\//, "")
    .replace(/^master@/, "")
    .replace(/\/$/, "");
  const isAddress = /^([^\s:/@[\]]+|\[[0-9a-fA-F:]+\]):\d{1,5}$/.test(authority);
  return isAddress
    ? success(`http://${authority}`)
    : failure(`Cannot use '${text}' as a master: it is not of the form host:port`);
}

/** The origin in a `Location` header such as `//host:port/api/v1/scheduler` or `http://host:port/`. */
function redirectOrigin(location: string | undefined): string | undefined {
  const authority = /^(?:http:)?\/\/([^/]+)/.exec(location ?? "")?.[1];
  if (authority === undefined) return undefined;
  const origin = parseMaster(authority);
  return origin.ok ? origin.value : undefined;
}

/** Where a master serves, as it says itself. */
export function originOfMaster({ address, hostname, port, pid }: MasterInfo): string {
  const at = pid === undefined ? undefined : pid.slice(pid.indexOf("@") + 1);
  return `http://${address?.ip === undefined ? (at ?? `${hostname ?? ""}:${port}`) : `${address.ip}:${address.port}`}`;
}

/** Chooses whom to ask next. */
export class Masters {
  #origins: readonly string[];
  #index = 0;
  #redirected: string | undefined;
  #redirects = 0;

  constructor(origins: readonly string[]) {
    this.#origins = origins;
  }

  /** Of several masters the one that leads, as a watch says; without one there is nowhere to go. */
  lead(origin: string | undefined): void {
    this.#redirected = undefined;
    this.#origins = origin === undefined ? [] : [origin];
  }

  /** Empty while nobody is known to lead. */
  get current(): string {
    return this.#redirected ?? this.#origins[this.#index % this.#origins.length] ?? "";
  }

  /** Follows a redirect; false when that has gone on for too long, or leads nowhere. */
  follow(location: string | undefined): boolean {
    const origin = redirectOrigin(location);
    if (origin === undefined || this.#redirects >= MAX_REDIRECTS) return false;
    this.#redirects += 1;
    this.#redirected = origin;
    return true;
  }

  /** The current one is the leader: remember it as the first to ask. */
  settle(): void {
    this.#redirects = 0;
  }

  /** The current one does not answer: try the next that was given. */
  advance(): void {
    if (this.#redirected === undefined) this.#index += 1;
    this.#redirected = undefined;
    this.#redirects = 0;
  }
}
