// Downloads over HTTP into a sandbox.
import { Readable } from "node:stream";
import type { FetchContext } from "./fetch-context.ts";
import { Stall } from "./stall.ts";
import { type FetchTarget, writeFile } from "./write-into-sandbox.ts";

/**
 * Downloads `uri` to `target`, following redirects. Rejects when the answer is not 200, when nothing comes for the stall
 * timeout, or when there is too much of it. Words follow `downloadWithNet` in `src/launcher/fetcher.cpp`.
 */
export async function download(context: FetchContext, uri: string, target: FetchTarget): Promise<string> {
  const stall = new Stall(context);
  try {
    const signal = AbortSignal.any([context.signal, stall.signal]);
    const { url, headers } = splitCredentials(uri);
    const answer = await fetch(url, { signal, headers, redirect: "follow" });
    if (answer.status !== 200) {
      await answer.body?.cancel();
      throw new Error(`Error downloading resource, received HTTP return code ${answer.status}`);
    }
    const body = answer.body ?? new Blob([]).stream();
    return await writeFile({ ...context, signal }, target, () => Readable.from(watched(body, stall)));
  } catch (error) {
    if (context.signal.aborted) throw context.signal.reason;
    if (stall.signal.aborted) throw stall.signal.reason;
    throw error;
  } finally {
    stall.stop();
  }
}

async function* watched(body: AsyncIterable<Uint8Array>, stall: Stall): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    stall.progress();
    yield chunk;
  }
}

/** User and password in a URI become a header: the HTTP client takes none in the address. */
function splitCredentials(uri: string): { url: URL; headers: Record<string, string> } {
  const url = new URL(uri);
  if (url.username === "" && url.password === "") return { url, headers: {} };
  const words = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = "";
  url.password = "";
  return { url, headers: { authorization: `Basic ${Buffer.from(words).toString("base64")}` } };
}
