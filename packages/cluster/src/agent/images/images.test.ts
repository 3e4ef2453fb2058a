// What a container's image is called, where it comes from, and what it says about command and environment.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CommandInfo } from "@mezzo/wire";
import type { ImageConfig } from "../containerizer/image-provisioner.ts";
import { imageCommand, imageEnvironment } from "./image-command.ts";
import { imageSource, parseImageReference } from "./image-reference.ts";

void test("parseImageReference() takes names apart as Docker does", () => {
  const digest = `sha256:${"a".repeat(64)}`;
  const cases: [string, object][] = [
    ["alpine", { repository: "alpine" }],
    ["alpine:3", { repository: "alpine", tag: "3" }],
    ["team/app:v1.2", { repository: "team/app", tag: "v1.2" }],
    ["localhost/app", { registry: "localhost", repository: "app" }],
    ["h:5000/team/app:v1", { registry: "h:5000", repository: "team/app", tag: "v1" }],
    [`h.example/app@${digest}`, { registry: "h.example", repository: "app", digest }],
  ];
  for (const [name, expected] of cases) assert.deepEqual(parseImageReference(name), expected, name);
  for (const name of ["", "UPPER", "a b", "a:b:c", "../etc", "a@sha256:1", "-a", "a/../b", "a:--flag"]) {
    assert.throws(() => parseImageReference(name), /Failed to parse docker image/, name);
  }
});

void test("imageSource() follows --docker_registry", () => {
  const digest = `sha256:${"a".repeat(64)}`;
  const cases: [string, string, string, boolean][] = [
    ["alpine", "https://registry-1.docker.io", "docker://docker.io/library/alpine:latest", true],
    ["team/app:1", "https://registry-1.docker.io", "docker://docker.io/team/app:1", true],
    ["app", "http://127.0.0.1:5000", "docker://127.0.0.1:5000/app:latest", false],
    ["app", "https://r.example/mirror", "docker://r.example/mirror/app:latest", true],
    ["127.0.0.1:5000/app:2", "https://registry-1.docker.io", "docker://127.0.0.1:5000/app:2", false],
    ["app:2", "/images", "docker-archive:/images/app:2.tar", true],
    ["plain", "/images", "docker-archive:/images/plain.tar", true],
    ["plain:latest", "/images", "docker-archive:/images/plain:latest.tar", true],
    [`app@${digest}`, "http://127.0.0.1:5000", `docker://127.0.0.1:5000/app@${digest}`, false],
    [`app:2@${digest}`, "https://r.example", `docker://r.example/app@${digest}`, true],
    [`alpine@${digest}`, "https://docker.io", `docker://docker.io/library/alpine@${digest}`, true],
    [`h.example/app@${digest}`, "/images", `docker://h.example/app@${digest}`, true],
    [`plain@${digest}`, "/images", `docker-archive:/images/plain@${digest}.tar`, true],
    [`plain:2@${digest}`, "/images", `docker-archive:/images/plain@${digest}.tar`, true],
    ["team/app", "file:///images", "docker-archive:/images/team/app:latest.tar", true],
  ];
  for (const [name, flag, location, secure] of cases) {
    const found = imageSource(name, flag, (path) => path === "/images/plain.tar");
    assert.deepEqual([found.location, found.secure], [location, secure], `${name} ${flag}`);
  }
});

void test("imageCommand() chooses between the command and what the image says", () => {
  const images: Record<string, ImageConfig> = {
    neither: {},
    cmd: { Cmd: ["c", "d"] },
    entrypoint: { Entrypoint: ["e", "f"] },
    both: { Entrypoint: ["e", "f"], Cmd: ["c", "d"] },
  };
  const plain: CommandInfo = { shell: false };
  const cases: [CommandInfo, string, string[] | undefined][] = [
    [plain, "neither", undefined],
    [plain, "cmd", ["c", "d"]],
    [plain, "entrypoint", ["e", "f"]],
    [plain, "both", ["e", "f", "c", "d"]],
    [{ ...plain, arguments: ["x"] }, "neither", undefined],
    [{ ...plain, arguments: ["x"] }, "cmd", ["c", "x"]],
    [{ ...plain, arguments: ["x"] }, "entrypoint", ["e", "f", "x"]],
    [{ ...plain, arguments: ["x"] }, "both", ["e", "f", "x"]],
    [{ shell: true }, "both", undefined],
  ];
  for (const [command, image, expected] of cases) {
    const run = (): CommandInfo => imageCommand(command, images[image] ?? {});
    if (expected === undefined) assert.throws(run, /Failed to determine the launch command/);
    else assert.deepEqual(run().arguments, expected, `${JSON.stringify(command)} ${image}`);
    if (expected !== undefined) assert.equal(run().value, expected[0]);
  }
  for (const command of [{ value: "v" }, { shell: false, value: "v", arguments: ["v", "w"] }]) {
    assert.equal(imageCommand(command, images["both"] ?? {}), command);
  }
});

void test("imageEnvironment() lies between what is inherited and what was asked for", () => {
  const command = { environment: { variables: [{ name: "B", value: "asked" }] } };
  const inherited = { A: "agent", B: "asked", PATH: "/agent", MESOS_SANDBOX: "/s" };
  const config = { Env: ["A=image", "B=image", "PATH=/image", "C=x=y", "broken", "MESOS_SANDBOX=no"] };
  assert.deepEqual(imageEnvironment(inherited, { command, config }), {
    A: "image",
    B: "asked",
    PATH: "/image",
    C: "x=y",
    MESOS_SANDBOX: "/s",
  });
});
