// Addresses of ZooKeeper, and who leads of those that stand there.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { MasterInfo } from "@mezzo/wire";
import { leadingMember, readMember, writeMember } from "./members.ts";
import { parseZkUrl } from "./parse-zk-url.ts";

test("parseZkUrl() reads what Mesos reads", () => {
  const cases: [string, object][] = [
    ["zk://h:1/mesos", { servers: "h:1", path: "/mesos" }],
    ["zk://h1:1,h2:2,h3/a/b/\n", { servers: "h1:1,h2:2,h3:2181", path: "/a/b" }],
    ["zk://user:pass:word@h:1/m", { servers: "h:1", digest: "user:pass:word", path: "/m" }],
    ["zk://h:1", { servers: "h:1", path: "" }],
    ["zk://[::1]:1/m", { servers: "[::1]:1", path: "/m" }],
  ];
  for (const [text, value] of cases) assert.deepEqual(parseZkUrl(text), { ok: true, value }, text);
});

test("parseZkUrl() refuses others and keeps their secrets", () => {
  for (const text of ["h:1/mesos", "zk://", "zk://h:x/m", "zk://secret@h:1/m", "zk://a:secret@b@h:1/m"]) {
    const parsed = parseZkUrl(text);
    assert.ok(!parsed.ok, text);
    assert.ok(!parsed.error.includes("secret"));
  }
});

test("leadingMember() takes the oldest and passes over what is no master", () => {
  const names = ["log_replicas", "json.info_0000000012", "json.info_0000000009", "mezzo", "info_0000000010"];
  assert.equal(leadingMember(names), "json.info_0000000009");
  assert.equal(leadingMember([...names, "info_0000000002"]), "info_0000000002");
  assert.equal(leadingMember(["log_replicas"]), undefined);
});

test("readMember() reads what writeMember() wrote, and says what it cannot read", () => {
  const info: MasterInfo = {
    id: "m",
    ip: 16_777_343,
    port: 5050,
    pid: "master@127.0.0.1:5050",
    hostname: "h",
  };
  assert.deepEqual(readMember("json.info_0000000001", writeMember(info)), info);
  assert.throws(
    () => readMember("json.info_0000000001", Buffer.from("{")),
    /ZooKeeper's json\.info_0000000001/,
  );
});
