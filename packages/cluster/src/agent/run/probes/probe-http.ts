// A check by HTTP: the status code of the answer, redirects followed.
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIPv6 } from "node:net";
import type { Duplex } from "node:stream";
import { connect as secure } from "node:tls";
import type { ProbeResult, ProbeTarget } from "../../checks/probe.ts";
import { connectInside } from "./connect-inside.ts";
import type { ProbePlace } from "./probe-tcp.ts";

/** So many redirects are followed: the default of curl, with which Mesos asks. */
const MAX_REDIRECTS = 50;

/** Asks and reads nothing but the status. Certificates are not verified: the task is asked at the machine's own address. */
export async function probeHttp(
  { scheme, host, port, path }: Extract<ProbeTarget, { type: "HTTP" }>,
  place: ProbePlace,
): Promise<ProbeResult> {
  const authority = isIPv6(host) ? `[${host}]` : host;
  let url = new URL(`${scheme}://${authority}:${port}${path}`);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const { status, location } = await ask(url, place);
    if (location === undefined || status < 300 || status >= 400) return { statusCode: status };
    url = new URL(location, url);
  }
  return { error: `Maximum (${MAX_REDIRECTS}) redirects followed` };
}

function ask(
  url: URL,
  { signal, namespace }: ProbePlace,
): Promise<{ status: number; location: string | undefined }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number;
    location: string | undefined;
  }>();
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  const options = {
    signal,
    rejectUnauthorized: false,
    // An agent would not ask for the connection.
    ...(namespace === undefined ? { agent: false } : { createConnection: () => openInside(url, namespace) }),
  } as const;
  const asked = request(url, options, (answer) => {
    resolve({ status: answer.statusCode ?? 0, location: answer.headers.location });
    answer.destroy();
  });
  // Late errors, of a body nobody reads, change nothing.
  asked.on("error", reject);
  asked.end();
  return promise;
}

function openInside({ protocol, hostname, port }: URL, namespace: string): Duplex {
  const isSecure = protocol === "https:";
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const stream = connectInside({ namespace, host, port: Number(port) || (isSecure ? 443 : 80) });
  return isSecure ? secure({ socket: stream, rejectUnauthorized: false }) : stream;
}
