// Which ports processes listen on, as the kernel shows it.
import { readdir, readFile, readlink } from "node:fs/promises";

/** `TCP_LISTEN` of include/net/tcp_states.h, as it is printed. */
const LISTEN = "0A";

/** The ports that are listened on in the agent's network, by the inode of the socket. @see proc(5), /proc/net/tcp */
export async function listeningSockets(): Promise<Map<string, number>> {
  const sockets = new Map<string, number>();
  for (const table of ["tcp", "tcp6"]) {
    for (const [inode, port] of parseSockets(await read(`/proc/self/net/${table}`))) sockets.set(inode, port);
  }
  return sockets;
}

export function parseSockets(text: string): [inode: string, port: number][] {
  return text
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => state === LISTEN)
    .map(([, local = "", , , , , , , , inode = ""]) => [
      inode,
      Number.parseInt(local.slice(local.lastIndexOf(":") + 1), 16),
    ]);
}

/** Those of these sockets that a process has open; none when it has ended meanwhile. */
export async function portsOfProcess(pid: number, sockets: ReadonlyMap<string, number>): Promise<number[]> {
  const folder = `/proc/${pid}/fd`;
  const ports: number[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    const target = await readlink(`${folder}/${name}`).catch(() => "");
    const port = sockets.get(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? "");
    if (port !== undefined) ports.push(port);
  }
  return ports;
}

function read(path: string): Promise<string> {
  return readFile(path, "latin1").catch(() => "");
}
