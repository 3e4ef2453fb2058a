// The client against members of etcd that hang, refuse and forget; test/masters runs it against real ones.
import assert from "node:assert/strict";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, it, test } from "node:test";
import { type MasterInfo, JSON_MEDIA_TYPE, encode } from "@mezzo/wire";
import { systemClock } from "../../clock.ts";
import { checkElectionUrl, isElectionUrl, watchLeader, withoutCredentials } from "../leader-watch.ts";
import { EtcdClient } from "./etcd-client.ts";
import { EtcdError } from "./etcd-error.ts";
import { type EtcdPlace, parseEtcdUrl } from "./parse-etcd-url.ts";

test("parseEtcdUrl() reads members, a user and a path", () => {
  const cases: [string, object][] = [
    ["etcd://h:1/mesos", { endpoints: ["h:1"], path: "/mesos" }],
    ["etcd://h1,h2:2/a/b/\n", { endpoints: ["h1:2379", "h2:2"], path: "/a/b" }],
    [
      "etcd://u:pass:word@h:1/m",
      { endpoints: ["h:1"], user: { name: "u", password: "pass:word" }, path: "/m" },
    ],
  ];
  for (const [text, value] of cases) assert.deepEqual(parseEtcdUrl(text), { ok: true, value }, text);
});

test("parseEtcdUrl() refuses others and keeps their secrets", () => {
  for (const text of [
    "zk://h:1/m",
    "etcd://",
    "etcd://h:x/m",
    "etcd://secret@h:1/m",
    "etcd://a:secret@b@h/m",
  ]) {
    const parsed = parseEtcdUrl(text);
    assert.ok(!parsed.ok, text);
    assert.match(parsed.error, /etcd URL/);
    assert.ok(!parsed.error.includes("secret"));
  }
});

test("an election URL is told from an address, checked, and shown without its credentials", () => {
  assert.deepEqual(["etcd://h/m", " zk://h/m\n", "h:5050"].map(isElectionUrl), [true, true, false]);
  assert.ok(!checkElectionUrl("etcd://").ok);
  assert.equal(withoutCredentials("etcd://u:p@h/m"), "etcd://h/m");
  assert.equal(withoutCredentials("zk://h/m"), "zk://h/m");
});

type Answer = (
  request: { method: string; body: unknown; token: string | undefined },
  to: ServerResponse,
) => void;

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString());
}

const json = (to: ServerResponse, body: object, status = 200): void =>
  void to.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
const hangs: Answer = () => undefined;

void describe("EtcdClient", () => {
  const servers: Server[] = [];
  const clients: EtcdClient[] = [];
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function member(answer: Answer): Promise<string> {
    const server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        const method = (request.url ?? "").replace("/v3/", "");
        answer({ method, body, token: request.headers.authorization }, response);
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function clientOf(place: Partial<EtcdPlace>): EtcdClient {
    const client = new EtcdClient(
      { endpoints: [], path: "/m", ...place },
      { attemptTimeoutMs: 200 },
      { clock: systemClock },
    );
    clients.push(client);
    return client;
  }

  async function codeOf(promise: Promise<unknown>): Promise<string> {
    const error = await promise.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return error instanceof EtcdError ? error.code : String(error);
  }

  void it("leaves a member that hangs, is gone or has no leader for the next one, and stays there", async () => {
    const asked: string[] = [];
    const hanging = await member(hangs);
    const lost = await member((_, to) =>
      json(to, { error: "no leader", message: "etcdserver: no leader", code: 14 }, 503),
    );
    const good = await member(({ method }, to) => {
      asked.push(method);
      json(to, { answer: 1 });
    });
    const client = clientOf({ endpoints: [hanging, "127.0.0.1:1", lost, good] });
    assert.deepEqual(await client.call("kv/range", {}), { answer: 1 });
    assert.equal(client.member, good);
    await client.call("kv/range", {});
    assert.equal(asked.length, 2);
  });

  void it("says which member does not answer when none does", async () => {
    const client = clientOf({ endpoints: ["127.0.0.1:1", await member(hangs)] });
    await assert.rejects(
      client.call("kv/range", {}),
      /etcd at 127\.0\.0\.1:\d+ does not answer: no answer in 200 ms/,
    );
  });

  void it("asks for a token once, and for another one when it is forgotten", async () => {
    let tokens = 0;
    const endpoint = await member(({ method, body, token }, to) => {
      if (method === "auth/authenticate") {
        assert.deepEqual(body, { name: "u", password: "p" });
        json(to, { token: `token-${++tokens}` });
      } else if (token === "token-1" && tokens === 1 && calls > 1) {
        json(
          to,
          { error: "etcdserver: invalid auth token", message: "etcdserver: invalid auth token", code: 16 },
          401,
        );
      } else json(to, { token });
    });
    let calls = 0;
    const client = clientOf({ endpoints: [endpoint], user: { name: "u", password: "p" } });
    for (const token of ["token-1", "token-2", "token-2"]) {
      calls++;
      assert.deepEqual(await client.call("kv/range", {}), { token });
    }
    assert.equal(tokens, 2);
  });

  void it("tells refusals, a full store and a lease that is over from what may be tried again", async () => {
    const cases: [code: number, message: string, expected: string][] = [
      [3, "etcdserver: authentication failed, invalid user ID or password", "refused"],
      [3, "etcdserver: user name is empty", "refused"],
      [7, "etcdserver: permission denied", "refused"],
      [8, "etcdserver: mvcc: database space exceeded", "full"],
      [8, "etcdserver: too many requests", "unreachable"],
      [5, "etcdserver: requested lease not found", "not-found"],
      [14, "etcdserver: request timed out", "unreachable"],
      [3, "etcdserver: too many operations in txn request", "failed"],
    ];
    for (const [code, message, expected] of cases) {
      const endpoint = await member((_, to) => json(to, { error: message, message, code }, 400));
      assert.equal(await codeOf(clientOf({ endpoints: [endpoint] }).call("kv/range", {})), expected, message);
    }
    const web = await member((_, to) => void to.writeHead(404).end("<html>"));
    await assert.rejects(clientOf({ endpoints: [web] }).call("kv/range", {}), /is no etcd of version 3\.4/);
  });

  void it("finds the leader, hears of the next one, and of nobody", async () => {
    const infoOf = (id: string): MasterInfo => ({ id, ip: 1, port: 5050, pid: `master@${id}:5050` });
    const bytes = (info: MasterInfo): Uint8Array => encode("MasterInfo", info, JSON_MEDIA_TYPE);
    let leading: string | undefined = "a";
    const watching = Promise.withResolvers<ServerResponse>();
    const endpoint = await member(({ method }, to) => {
      if (method === "watch") {
        watching.resolve(to);
        to.write(`${JSON.stringify({ result: { created: true } })}\n`);
        return;
      }
      const kvs =
        leading === undefined
          ? []
          : [
              {
                key: "",
                value: Buffer.from(bytes(infoOf(leading))).toString("base64"),
                create_revision: "1",
              },
            ];
      json(to, { header: { revision: "7" }, kvs });
    });
    const told: (string | undefined)[] = [];
    const turns = [
      Promise.withResolvers<void>(),
      Promise.withResolvers<void>(),
      Promise.withResolvers<void>(),
    ];
    const watch = await watchLeader(`etcd://${endpoint}/m`, {
      clock: systemClock,
      listener: {
        changed: (leader) => {
          told.push(leader?.id);
          turns[told.length - 1]?.resolve();
        },
      },
    });
    await turns[0]?.promise;
    const stream = await watching.promise;
    for (const next of ["b", undefined]) {
      leading = next;
      // In two pieces, as a network may bring it.
      stream.write('{"result":{"eve');
      stream.write('nts":[{}]}}\n');
      await turns[told.length]?.promise;
    }
    watch.close();
    assert.deepEqual(told, ["a", "b", undefined]);
  });
});
