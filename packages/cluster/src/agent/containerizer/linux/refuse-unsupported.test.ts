// What of a container is refused when no isolator gives it.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerInfo } from "@mezzo/wire";
import { refuseUnsupported } from "./refuse-unsupported.ts";

const refused: [ContainerInfo, RegExp][] = [
  [{ type: "DOCKER" }, /needs --containerizers=docker$/],
  [
    { type: "MESOS", volumes: [{ mode: "RW", container_path: "/a", host_path: "/b" }] },
    /volume '\/a'.*'volume\/host_path'/,
  ],
  [
    { type: "MESOS", volumes: [{ mode: "RW", container_path: "s", source: { type: "SECRET" } }] },
    /'volume\/secret'/,
  ],
];

for (const [container, words] of refused) {
  void test(`refuseUnsupported() names what is missing: ${words.source}`, () => {
    assert.throws(() => refuseUnsupported(container, []), words);
  });
}

void test("refuseUnsupported() lets pass what an isolator gives, and what needs none", () => {
  refuseUnsupported(undefined, []);
  refuseUnsupported({ type: "MESOS", network_infos: [{}] }, []);
  const volumes = [{ mode: "RW" as const, container_path: "/a", host_path: "/b" }];
  refuseUnsupported({ type: "MESOS", volumes }, [{ name: "volume/host_path" }]);
});
