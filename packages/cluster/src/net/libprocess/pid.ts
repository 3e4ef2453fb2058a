// Addresses of processes: `slave(1)@127.0.0.1:5051` (pid.cpp).

/** A process id and the address it lives at. */
export interface Pid {
  readonly id: string;
  /** `ip:port` or `host:port`. */
  readonly address: string;
  readonly host: string;
  readonly port: number;
}

/** What libprocess prints for a pid it could not read. */
export const INVALID_PID = "@0.0.0.0:0";

const MAX_PORT = 65_535;

/** The parts of a pid; undefined if the text is none or names nothing that could be reached. */
export function parsePid(text: string): Pid | undefined {
  const at = text.indexOf("@");
  const colon = text.indexOf(":", at + 1);
  if (at < 1 || colon <= at + 1 || /\s/.test(text)) {
    return undefined;
  }
  const digits = text.slice(colon + 1);
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  const host = text.slice(at + 1, colon);
  if (port === 0 || port > MAX_PORT || host === "0.0.0.0") {
    return undefined;
  }
  return { id: text.slice(0, at), address: text.slice(at + 1), host, port };
}
