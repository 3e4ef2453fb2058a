// Which routes of the master ask for credentials, by realm and flag.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HttpRequest } from "../../net/http/http-request.ts";
import type { HttpResponse } from "../../net/http/http-response.ts";
import { parseRequestHead } from "../../net/http/request-head.ts";
import { type MasterOptions, defaultMasterOptions } from "../options.ts";
import { type MasterRoute, guardRoute } from "./authentication.ts";

const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;

function ask(
  options: Partial<MasterOptions>,
  route: Partial<MasterRoute>,
  { method = "POST", authorization = "" }: { method?: string; authorization?: string },
): HttpResponse {
  const guarded = guardRoute(
    { ...defaultMasterOptions, credentials: new Map([["ops", "pw"]]), ...options },
    { path: "/x", handle: (_request, principal) => ({ status: 200, body: principal ?? "nobody" }), ...route },
  );
  const header = authorization === "" ? "" : `Authorization: ${authorization}\r\n`;
  const head = parseRequestHead(`${method} /x HTTP/1.1\r\n${header}`);
  assert.ok(typeof head !== "string");
  const answer = guarded.handle(new HttpRequest(head, { body: Buffer.alloc(0), remote: "" }));
  assert.ok(!(answer instanceof Promise));
  return answer;
}

const right = { authorization: basic("ops:pw") };

const realms = [
  ["readonly", "authenticateHttpReadonly", "mesos-master-readonly"],
  ["readwrite", "authenticateHttpReadwrite", "mesos-master-readwrite"],
  ["scheduler", "authenticateHttpFrameworks", "mesos-master-scheduler"],
] as const;

for (const [access, option, realm] of realms) {
  void test(`guardRoute() asks for credentials of ${realm} when ${option} is on`, () => {
    const options = { [option]: true };
    const refused = ask(options, { access }, {});
    assert.equal(refused.status, 401);
    assert.equal(refused.headers?.["WWW-Authenticate"], `Basic realm="${realm}"`);
    assert.equal(ask(options, { access }, { authorization: basic("ops:no") }).status, 401);
    assert.equal(ask(options, { access }, right).body, "ops");
  });

  void test(`guardRoute() leaves ${access} routes open when another realm is on`, () => {
    const others = Object.fromEntries(
      realms.filter(([each]) => each !== access).map(([, name]) => [name, true]),
    );
    assert.equal(ask(others, { access }, right).body, "nobody");
  });
}

void test("guardRoute() leaves routes of no realm open", () => {
  const all = { authenticateHttpReadonly: true, authenticateHttpReadwrite: true };
  assert.equal(ask(all, {}, {}).status, 200);
});

void test("guardRoute() tells strangers nothing of methods", () => {
  const route = { access: "readwrite", methods: ["POST"] } as const;
  const options = { authenticateHttpReadwrite: true };
  assert.equal(ask(options, route, { method: "GET" }).status, 401);
  assert.equal(ask(options, route, { method: "GET", ...right }).status, 405);
});

void test("guardRoute() throws when nobody could come in", () => {
  const { credentials: _, ...without } = { ...defaultMasterOptions, credentials: undefined };
  assert.throws(
    () =>
      guardRoute(
        { ...without, authenticateHttpReadonly: true },
        { path: "/x", access: "readonly", handle: () => ({ status: 200 }) },
      ),
    /no credentials are given/,
  );
});
