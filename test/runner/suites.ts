// Every suite, in the order in which a failure is cheapest to see.
import { conformanceSuite } from "./conformance-suite.ts";
import { commandSuite, nodeTestSuite, type Suite } from "./suite.ts";
import { simulationSuite } from "./simulation-suite.ts";
import { withSystemPackages } from "./system-packages.ts";

export const SUITES: readonly Suite[] = [
  commandSuite("format", "oxfmt leaves every file as it is", ["npx", "oxfmt", "--check", "."]),
  commandSuite("lint", "layers, banned globals, suspicious code", [
    "npx",
    "oxlint",
    "--type-aware",
    "--deny-warnings",
  ]),
  commandSuite("types", "tsc", ["npx", "tsc", "--noEmit"]),
  commandSuite("dead", "no unused file, export or dependency", ["npx", "knip"]),
  nodeTestSuite("unit", "every function beside its code", [
    "--test-isolation=none",
    "packages/*/src/**/*.test.ts",
    "test/tidy/*.test.ts",
  ]),
  nodeTestSuite("stories", "real processes on loopback, one folder a story", [
    "--test-concurrency=1",
    "test/stories/**/*.test.ts",
  ]),
  withSystemPackages(
    nodeTestSuite("containers", "real containers: namespaces, cgroups, images, networks", [
      "--test-concurrency=1",
      "test/containers/**/*.test.ts",
    ]),
    {
      runc: "/usr/sbin/runc",
      crun: "/usr/bin/crun",
      conmon: "/usr/bin/conmon",
      skopeo: "/usr/bin/skopeo",
      umoci: "/usr/bin/umoci",
      "containernetworking-plugins": "/usr/lib/cni/bridge",
      "docker-registry": "/usr/bin/docker-registry",
      iproute2: "/sbin/ip",
      iptables: "/sbin/iptables",
      openssl: "/usr/bin/openssl",
    },
  ),
  withSystemPackages(
    nodeTestSuite("docker", "tasks in containers of a real Docker daemon", [
      "--test-concurrency=1",
      "test/docker/**/*.test.ts",
    ]),
    { "docker.io": "/usr/sbin/dockerd" },
  ),
  withSystemPackages(
    nodeTestSuite("masters", "several masters on a real ZooKeeper and etcd", [
      "--test-concurrency=1",
      "test/masters/**/*.test.ts",
    ]),
    { zookeeper: "/usr/share/java/zookeeper.jar", "etcd-server": "/usr/bin/etcd", iproute2: "/sbin/ip" },
  ),
  conformanceSuite("master"),
  conformanceSuite("agent"),
  simulationSuite,
];
