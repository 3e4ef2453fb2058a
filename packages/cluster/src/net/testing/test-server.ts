// An HTTP server on a free port that ends with its test.
import type { TestContext } from "node:test";
import { silentLogger } from "../../core/logger.ts";
import type { Route } from "../http/router.ts";
import { Router } from "../http/router.ts";
import { HttpServer, type HttpServerOptions } from "../http/server.ts";
import { ManualClock } from "./manual-clock.ts";
import { RawClient } from "./raw-client.ts";

export interface TestServer {
  readonly server: HttpServer;
  readonly clock: ManualClock;
  readonly port: number;
  /** A new connection, broken off when the test ends. */
  readonly open: (options?: { allowHalfOpen?: boolean }) => Promise<RawClient>;
}

/** Listens on loopback with these routes of a process `master`. */
export async function startTestServer(
  t: TestContext,
  routes: readonly Route[],
  options: Partial<HttpServerOptions> = {},
): Promise<TestServer> {
  const clock = new ManualClock();
  const server = new HttpServer({ ip: "127.0.0.1", port: 0, ...options }, { clock, logger: silentLogger });
  const router = new Router({ delegate: "master" });
  for (const route of routes) {
    router.add(route);
  }
  server.serve(router);
  await server.listen();
  t.after(() => server.close());
  const { port } = server.address;
  return {
    server,
    clock,
    port,
    async open(clientOptions) {
      const client = await RawClient.open(port, clientOptions);
      t.after(() => client.socket.destroy());
      return client;
    },
  };
}
