// A connection made within another network namespace: this process cannot go there, so one that can passes the bytes on.
import { spawn } from "node:child_process";
import { Duplex } from "node:stream";
import { streamsOf } from "../../programs/streams-of.ts";

/** A shell has the connection on a descriptor, and copies both ways until either side is done. */
const RELAY = 'exec 3<>"/dev/tcp/$0/$1" || exit 1; cat <&3 & cat >&3; wait';

/** Connects and hangs up. */
const CONNECT = 'exec 3<>"/dev/tcp/$0/$1"';

export interface InsideAddress {
  /** The file of the network namespace. */
  namespace: string;
  host: string;
  port: number;
}

function command({ namespace, host, port }: InsideAddress, script: string): [string, string[]] {
  return ["nsenter", [`--net=${namespace}`, "--", "bash", "-c", script, host, String(port)]];
}

/** Whether a connection can be made. Never rejects. */
export function canConnectInside(to: InsideAddress, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const [program, parameters] = command(to, CONNECT);
    const child = spawn(program, parameters, { stdio: "ignore", signal, killSignal: "SIGKILL" });
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}

/** A stream that behaves as a socket; it fails when no connection can be made. Its processes end with it. */
export function connectInside(to: InsideAddress): Duplex {
  const [program, parameters] = command(to, RELAY);
  const child = spawn(program, parameters, { stdio: ["pipe", "pipe", "ignore"], detached: true });
  const { stdin, stdout } = streamsOf(child);
  const stream = new Duplex({
    read: () => void stdout?.resume(),
    write: (chunk, encoding, done) => void stdin?.write(chunk, encoding, done),
    final: (done) => void stdin?.end(done),
    destroy: (error, done) => {
      try {
        // The whole group: the shell's copies too.
        if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
      } catch {
        // It is gone already.
      }
      done(error);
    },
  });
  const refuse = (): void => {
    stream.destroy(new Error(`connect ECONNREFUSED ${to.host}:${to.port}`));
  };
  stdin?.on("error", refuse);
  child.once("error", refuse);
  child.once("exit", (code) => {
    if (code === 1) refuse();
  });
  stdout?.on("data", (chunk) => {
    if (!stream.push(chunk)) stdout.pause();
  });
  stdout?.once("end", () => stream.push(null));
  return stream;
}
