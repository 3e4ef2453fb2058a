// Authentication by flags: off unless told, and never on in a way that nobody could pass.
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure, success } from "@mezzo/wire";
import { loadAuthentication } from "./load-authentication.ts";

const flags = {
  credentials: undefined,
  http_authenticators: "basic",
  http_framework_authenticators: undefined,
  authenticate_http_readonly: false,
  authenticate_http_readwrite: false,
  authenticate_http_frameworks: false,
};
const noFile = () => failure("no such file");
const file = () => success("a 1");

void test("loadAuthentication() asks for nothing unless told", () => {
  assert.deepEqual(loadAuthentication(flags, noFile), success({}));
});

void test("loadAuthentication() reads the credentials", () => {
  const given = loadAuthentication({ ...flags, credentials: "/c", authenticate_http_readonly: true }, file);
  assert.equal(given.ok && given.value.credentials?.get("a"), "1");
});

void test("loadAuthentication() refuses authentication that nobody could pass", () => {
  assert.deepEqual(loadAuthentication({ ...flags, authenticate_http_readwrite: true }, noFile), {
    ok: false,
    error:
      "Failed to create HTTP authenticator module 'basic': No credentials provided for the default 'basic' HTTP " +
      "authenticator for realm 'mesos-master-readwrite'",
  });
});

void test("loadAuthentication() wants an authenticator for frameworks by name", () => {
  const asked = { ...flags, credentials: "/c", authenticate_http_frameworks: true };
  const refused = loadAuthentication(asked, file);
  assert.match(refused.ok ? "" : refused.error, /^Missing `--http_framework_authenticators` flag/);
  assert.ok(loadAuthentication({ ...asked, http_framework_authenticators: "basic" }, file).ok);
});
