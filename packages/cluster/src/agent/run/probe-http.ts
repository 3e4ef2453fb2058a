// A check by HTTP: the status code of the answer, redirects followed.
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIPv6 } from "node:net";
import type { ProbeResult, ProbeTarget } from "../checks/probe.ts";

/** So many redirects are followed: the default of curl, with which Mesos asks. */
const MAX_REDIRECTS = 50;

/** Asks and reads nothing but the status. Certificates are not verified: the task is asked at the machine's own address. */
export async function probeHttp(
  { scheme, host, port, path }: Extract<ProbeTarget, { type: "HTTP" }>,
  signal: AbortSignal,
): Promise<ProbeResult> {
  const authority = isIPv6(host) ? `[${host}]` : host;
  let url = new URL(`${scheme}://${authority}:${port}${path}`);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const { status, location } = await ask(url, signal);
    if (location === undefined || status < 300 || status >= 400) return { statusCode: status };
    url = new URL(location, url);
  }
  return { error: `Maximum (${MAX_REDIRECTS}) redirects followed` };
}

function ask(url: URL, signal: AbortSignal): Promise<{ status: number; location: string | undefined }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number;
    location: string | undefined;
  }>();
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  const options = { signal, agent: false, rejectUnauthorized: false } as const;
  const asked = request(url, options, (answer) => {
    resolve({ status: answer.statusCode ?? 0, location: answer.headers.location });
    answer.destroy();
  });
  // Late errors, of a body nobody reads, change nothing.
  asked.on("error", reject);
  asked.end();
  return promise;
}
