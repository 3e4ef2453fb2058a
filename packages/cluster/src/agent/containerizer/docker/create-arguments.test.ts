// What `docker create` and `docker update` are told of a container, and what is refused before.
import assert from "node:assert/strict";
import { totalmem } from "node:os";
import { test } from "node:test";
import type { ContainerInfo, ContainerInfoDockerInfo } from "@mezzo/wire";
import { parseResources } from "@mezzo/wire";
import type { ContainerConfig } from "../containerizer.ts";
import {
  type CreateOptions,
  createArguments,
  type UpdateOptions,
  updateArguments,
} from "./create-arguments.ts";

const OPTIONS: CreateOptions = {
  name: "mesos-c",
  labels: {},
  environment: {},
  mappedDirectory: "/mnt/mesos/sandbox",
  enableCfsQuota: false,
  persistentVolumes: [],
  oomScoreAdj: () => 900,
};

function argumentsOf(
  {
    docker = {},
    command = { value: "true" },
    resources = "cpus:1;mem:64;ports:[8000-8001]",
    limits,
    ...container
  }: Partial<Omit<ContainerInfo, "docker">> & {
    docker?: Partial<ContainerInfoDockerInfo>;
    command?: ContainerConfig["command"];
    resources?: string;
    limits?: Record<string, number>;
  },
  options: Partial<CreateOptions> = {},
): string {
  const parsed = parseResources(resources, { defaultRole: "*" });
  assert.ok(parsed.ok);
  const sources = {
    container: { type: "DOCKER" as const, docker: { image: "image", ...docker }, ...container },
    command,
    sandbox: "/sandbox",
    resources: parsed.value,
    ...(limits && { limits }),
  };
  return createArguments(sources, { ...OPTIONS, ...options }).join(" ");
}

test("a command through the shell, in the machine's network unless it says otherwise", () => {
  assert.equal(
    argumentsOf({}),
    "--cpu-shares 1024 --memory 67108864 -v /sandbox:/mnt/mesos/sandbox --net host " +
      "--entrypoint /bin/sh --name mesos-c image -c true",
  );
});

test("what the image starts, with arguments", () => {
  const command = { shell: false, value: "a", arguments: ["b"] };
  assert.match(argumentsOf({ command }), /--name mesos-c image a b$/);
  assert.match(argumentsOf({ command: { shell: false } }), /--name mesos-c image$/);
});

test("CPU and memory: shares and a quota, least amounts, limits above requests", () => {
  assert.match(argumentsOf({ resources: "cpus:0.001;mem:1" }), /^--cpu-shares 2 --memory 33554432 /);
  assert.match(argumentsOf({}, { enableCfsQuota: true }), /^--cpu-shares 1024 --cpu-quota 100000 --memory /);
  assert.match(
    argumentsOf({ limits: { cpus: 2, mem: 128 } }),
    /^--cpu-shares 1024 --cpu-quota 200000 --memory-reservation 67108864 --memory 134217728 --oom-score-adj 900 /,
  );
  assert.match(
    argumentsOf({ limits: { cpus: Infinity, mem: Infinity } }, { enableCfsQuota: true }),
    /^--cpu-shares 1024 --memory-reservation 67108864 --oom-score-adj 900 -v/,
  );
});

test("volumes: of the host, of the sandbox, of Docker, persistent ones", () => {
  const text = argumentsOf(
    {
      volumes: [
        { mode: "RO", container_path: "/a", host_path: "/host" },
        { mode: "RW", container_path: "/b", host_path: "inside" },
        { mode: "RW", container_path: "c", host_path: "/host" },
        {
          mode: "RW",
          container_path: "/d",
          source: { type: "DOCKER_VOLUME", docker_volume: { name: "data", driver: "nfs" } },
        },
      ],
    },
    { persistentVolumes: [{ source: "/volumes/1", path: "data", mode: "rw" }] },
  );
  for (const part of [
    "-v /host:/a:ro",
    "-v /sandbox/inside:/b:rw",
    "-v /host:/mnt/mesos/sandbox/c:rw",
    "-v data:/d:rw",
    "-v /volumes/1:/mnt/mesos/sandbox/data:rw",
    "--volume-driver=nfs",
  ])
    assert.ok(text.includes(part), `${part} in ${text}`);
});

test("networks, ports and parameters", () => {
  const port_mappings = [{ host_port: 8000, container_port: 80, protocol: "UDP" }];
  assert.match(
    argumentsOf({ docker: { network: "BRIDGE", port_mappings } }),
    /--net bridge -p 8000:80\/udp /,
  );
  assert.match(argumentsOf({ docker: { network: "USER" }, network_infos: [{ name: "own" }] }), /--net own /);
  const parameters = [
    { key: "net", value: "other" },
    { key: "cap-add", value: "SYS_PTRACE" },
  ];
  assert.match(argumentsOf({ docker: { parameters } }), /--net other .*--cap-add=SYS_PTRACE image/);
});

const MEGABYTE = 1024 * 1024;

const mb = (count: number): number => count * MEGABYTE;

const UPDATES: readonly [name: string, options: Partial<UpdateOptions>, expected: string][] = [
  ["less memory than before", { has: { Memory: mb(256), MemorySwap: mb(512) } }, ""],
  [
    "more memory than before",
    { has: { Memory: mb(64), MemorySwap: mb(128) } },
    ` --memory ${mb(128)} --memory-swap ${mb(256)}`,
  ],
  [
    "more memory where there is no swap",
    { has: { Memory: mb(64), MemorySwap: mb(64) } },
    ` --memory ${mb(128)} --memory-swap ${mb(128)}`,
  ],
  [
    "more memory where swap has no limit",
    { has: { Memory: mb(64), MemorySwap: -1 } },
    ` --memory ${mb(128)} --memory-swap -1`,
  ],
  ["memory that has no limit", { has: { Memory: 0, MemorySwap: 0 } }, ""],
];

for (const [name, options, expected] of UPDATES) {
  void test(`updateArguments() for ${name}`, () => {
    assert.equal(updated({}, options), `--cpu-shares 512 --memory-reservation ${mb(128)}${expected}`);
  });
}

void test("updateArguments() takes a limit of memory away: Docker itself does not", () => {
  assert.equal(
    updated({ mem: Infinity }, { has: { Memory: mb(64) } }),
    `--cpu-shares 512 --memory-reservation ${mb(128)} --memory ${totalmem()} --memory-swap ${2 * totalmem()}`,
  );
});

void test("updateArguments() leaves a quota alone that is none of the agent's", () => {
  const quotaOf = (limits: Record<string, number>, options: Partial<UpdateOptions>): string | undefined =>
    /--cpu-quota (\S+)/.exec(updated(limits, options))?.[1];
  assert.equal(quotaOf({}, {}), undefined);
  assert.equal(quotaOf({}, { enableCfsQuota: true }), "50000");
  assert.equal(quotaOf({ cpus: 2 }, { enableCfsQuota: true }), "200000");
  assert.equal(quotaOf({ cpus: Infinity }, { enableCfsQuota: true }), "-1");
  assert.equal(quotaOf({}, { hasQuota: true }), "-1");
  assert.equal(quotaOf({ cpus: 0.001 }, { hasQuota: true }), "1000");
});

function updated(limits: Record<string, number>, options: Partial<UpdateOptions>): string {
  const resources = [
    { name: "cpus", type: "SCALAR" as const, scalar: { value: 0.5 } },
    { name: "mem", type: "SCALAR" as const, scalar: { value: 128 } },
  ];
  const defaults = { enableCfsQuota: false, hasQuota: false, has: {} };
  return updateArguments({ resources, limits }, { ...defaults, ...options }).join(" ");
}

type Asked = Parameters<typeof argumentsOf>[0];
const mapping = (host_port: number) => [{ host_port, container_port: 80 }];

const REFUSED: readonly [asked: Asked, words: RegExp][] = [
  [{ command: {} }, /^Shell specified but no command value provided$/],
  [{ hostname: "h" }, /^Unable to set hostname with host network mode$/],
  [{ docker: { network: "USER" } }, /^No network info found in container info$/],
  [{ docker: { network: "USER" }, network_infos: [{}] }, /^No network name found in network info$/],
  [
    { docker: { port_mappings: mapping(8000) } },
    /^Port mappings are only supported for bridge and user-defined/,
  ],
  [{ docker: { network: "BRIDGE", port_mappings: mapping(80) } }, /^Port \[80\] not included in resources$/],
  [
    { docker: { network: "BRIDGE", port_mappings: mapping(80) }, resources: "cpus:1" },
    /^Port mappings require port resources$/,
  ],
  [
    { volumes: [{ mode: "RW", container_path: "a", host_path: "b" }] },
    /^Both host_path 'b' and container_path 'a' of a volume are relative$/,
  ],
  [{ volumes: [{ mode: "RW", container_path: "/a", host_path: "../b" }] }, /'..\/b' is outside the sandbox$/],
  [{ volumes: [{ mode: "RW", container_path: "/a" }] }, /^Host path or volume source is required$/],
];

for (const [asked, words] of REFUSED) {
  test(`refused: ${words.source}`, () => assert.throws(() => argumentsOf(asked), { message: words }));
}

void test("createArguments() says who resolves names, unless the task does", () => {
  const dns = {
    docker: [
      {
        network_mode: "BRIDGE",
        dns: { nameservers: ["10.0.0.1", "10.0.0.2"], search: ["a"], options: ["ndots:1"] },
      },
      { network_mode: "USER", network_name: "n", dns: { nameservers: ["10.0.0.3"] } },
    ],
  };
  const bridge = { network: "BRIDGE" as const };
  assert.match(
    argumentsOf({ docker: bridge }, { dns }),
    /--net bridge --dns 10.0.0.1 --dns 10.0.0.2 --dns-search a --dns-opt ndots:1 /,
  );
  assert.doesNotMatch(argumentsOf({}, { dns }), /--dns/);
  const user = (name: string): string =>
    argumentsOf({ docker: { network: "USER" }, network_infos: [{ name }] }, { dns });
  assert.match(user("n"), /--dns 10.0.0.3 /);
  assert.doesNotMatch(user("m"), /--dns/);
  const own = { ...bridge, parameters: [{ key: "dns", value: "10.0.0.9" }] };
  assert.doesNotMatch(argumentsOf({ docker: own }, { dns }), /10.0.0.1/);
});
