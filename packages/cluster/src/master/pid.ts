// libprocess addresses.

/** `slave(1)@127.0.0.1:5051` in its parts. Parts that are missing are empty or 0. */
export function parsePid(pid: string): { id: string; ip: string; port: number } {
  const at = pid.indexOf("@");
  const colon = pid.lastIndexOf(":");
  if (at < 0 || colon < at) return { id: pid, ip: "", port: 0 };
  return { id: pid.slice(0, at), ip: pid.slice(at + 1, colon), port: Number(pid.slice(colon + 1)) };
}
