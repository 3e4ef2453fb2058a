// Addresses of processes as libprocess writes them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePid } from "./pid.ts";

void test("parsePid() reads pids", () => {
  const local = { address: "127.0.0.1:5051", host: "127.0.0.1", port: 5051 };
  assert.deepEqual(parsePid("slave(1)@127.0.0.1:5051"), { id: "slave(1)", ...local });
  assert.deepEqual(parsePid("scheduler-1f@node.example:1"), {
    id: "scheduler-1f",
    address: "node.example:1",
    host: "node.example",
    port: 1,
  });
});

for (const text of [
  "",
  "nobody",
  "@127.0.0.1:1",
  "a@127.0.0.1",
  "a@:1",
  "a@127.0.0.1:0",
  "a@127.0.0.1:65536",
  "a@127.0.0.1:x",
  "a b@127.0.0.1:1",
  "a@0.0.0.0:1",
]) {
  void test(`parsePid() finds no process in ${JSON.stringify(text)}`, () => {
    assert.equal(parsePid(text), undefined);
  });
}
