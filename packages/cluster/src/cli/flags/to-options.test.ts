// From flags to the options of master and agent: Mesos' defaults, lists and rates, resources, where to listen.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { failure, formatResources, success } from "@mezzo/wire";
import { loadFlags } from "../../core/flags/load-flags.ts";
import type { AgentOptions } from "../../agent/options.ts";
import { defaultMasterOptions } from "../../master/options.ts";
import type { Machine } from "../../core/machine.ts";
import { agentFlags } from "./agent-flags.ts";
import { agentResources } from "../../api/agent-resources.ts";
import { masterFlags } from "./master-flags.ts";
import { resolvePlace } from "./resolve-place.ts";
import { planAgent, toAgentOptions } from "./to-agent-options.ts";
import { toMasterOptions } from "./to-master-options.ts";

const GIGABYTE = 1024 ** 3;

const machine: Machine = {
  environment: {},
  hostname: "box",
  temporaryFolder: "/tmp",
  cpus: 8,
  memoryBytes: 16 * GIGABYTE,
  gpus: [],
  readText: () => failure("no files here"),
  diskBytes: () => success(100 * GIGABYTE),
  isWritable: () => false,
  outwardAddress: () => "10.1.2.3",
  nameOf: async () => undefined,
  outputOf: () => success("127.0.0.9"),
};

function master(...args: string[]) {
  const loaded = loadFlags(masterFlags, { args, environment: {}, readText: machine.readText });
  assert.ok(loaded.ok, loaded.ok ? "" : loaded.error);
  return loaded.value;
}

function agent(...args: string[]) {
  const loaded = loadFlags(agentFlags, { args, environment: {}, readText: machine.readText });
  assert.ok(loaded.ok, loaded.ok ? "" : loaded.error);
  return loaded.value;
}

const place = { ip: "127.0.0.1", port: 5050, hostname: "localhost" };

function masterError(...args: string[]): string {
  const options = toMasterOptions(master(...args), place);
  return options.ok ? "" : options.error;
}

void describe("toMasterOptions()", () => {
  void it("gives Mesos' defaults for no flags", () => {
    const options = toMasterOptions(master("--work_dir=/w"), place);
    assert.ok(options.ok);
    const { flags, workDir, ...rest } = options.value;
    const { flags: _, ...defaults } = defaultMasterOptions;
    assert.deepEqual(rest, defaults);
    assert.equal(workDir, "/w");
    assert.equal(flags["registry_max_agent_age"], "2weeks");
  });

  void it("reads lists, rates and weights", () => {
    const flags = [
      "--registry=in_memory",
      "--roles=a,b",
      "--weights=a=2,b=0.5",
      "--agent_removal_rate_limit=2/10secs",
    ];
    const options = toMasterOptions(master(...flags), place);
    assert.ok(options.ok);
    const { roles, weights, agentRemovalRateLimit } = options.value;
    assert.deepEqual(
      { roles, weights, agentRemovalRateLimit },
      {
        roles: ["a", "b"],
        weights: { a: 2, b: 0.5 },
        agentRemovalRateLimit: 0.2,
      },
    );
  });

  const errors: [string[], string][] = [
    [[], "--work_dir needed for replicated log based registry"],
    [["--registry=etcd"], "'etcd' is not a supported option for registry persistence"],
    [["--weights=a"], "Invalid weight: 'a'. --weights should be of the form 'role=weight,role=weight'"],
    [["--weights=a=0"], "Invalid weight: 'a=0'. Weights must be positive"],
    [["--weights=-a=1"], "Invalid weight: '-a=1'. -a is not a valid role"],
    [["--roles=a,b", "--weights=c=1"], "Invalid weight: 'c=1'. c is not a valid role"],
  ];
  for (const [args, error] of errors) {
    void it(`refuses ${args.join(" ") || "no flags"}`, () => assert.equal(masterError(...args), error));
  }
});

void describe("planAgent()", () => {
  const errors: [string[], string][] = [
    [[], "Missing required option `--master` or `--master_detector`"],
    [["--master=h:1"], "Missing required option `--work_dir`"],
    [
      ["--master=h:1", "--work_dir=/w", "--launcher=linux", "--image_providers=docker"],
      "The 'filesystem/linux' isolator must be enabled for container image support",
    ],
    [
      ["--master=h:1", "--work_dir=/w", "--isolation=filesystem/linux", "--image_providers=docker"],
      "The 'linux' launcher must be used for container image support",
    ],
    [["--master=h", "--work_dir=/w"], "Failed to create a master detector: 'h' is not of the form host:port"],
    [
      ["--master=h:1", "--work_dir=/w", "--container_ports_isolated_range=7"],
      "Invalid port range resource type SCALAR, expecting RANGES",
    ],
    [
      [
        ...["--master=h:1", "--work_dir=/w", "--container_ports_isolated_range=[1-2]"],
        "--check_agent_port_range_only",
      ],
      "Only one of `--check_agent_port_range_only` or '--container_ports_isolated_range` should be specified",
    ],
  ];
  for (const [args, error] of errors) {
    void it(`refuses ${args.join(" ") || "no flags"}`, () => {
      assert.deepEqual(planAgent(agent(...args)), { ok: false, error });
    });
  }

  void it("takes a master's pid as its address", () => {
    const plan = planAgent(
      agent("--master=master@127.0.0.1:5050", "--work_dir=/w", "--attributes=rack:r1;n:2"),
    );
    assert.equal(plan.ok && plan.value.master, "127.0.0.1:5050");
    assert.equal(plan.ok && plan.value.attributes.length, 2);
  });
});

void describe("toAgentOptions()", () => {
  const optionsOf = (...args: string[]): AgentOptions => {
    const flags = agent("--master=h:1", "--work_dir=/w", ...args);
    const plan = planAgent(flags);
    assert.ok(plan.ok, plan.ok ? "" : plan.error);
    const authentication = {};
    return toAgentOptions(flags, { plan: plan.value, place, resources: [], machine, authentication });
  };

  void it("looks at the ports of --container_ports_isolated_range", () => {
    const ranges = [
      { begin: 0, end: 35_000 },
      { begin: 40_000, end: 40_000 },
    ];
    const { isolatedPorts } = optionsOf("--container_ports_isolated_range=[0-35000,40000-40000]");
    assert.deepEqual(isolatedPorts, ranges);
    assert.equal(optionsOf().isolatedPorts, undefined);
  });

  void it("describes containers of executors by --default_container_info", () => {
    const info = { type: "MESOS", volumes: [{ mode: "RW", container_path: "/x", host_path: "/y" }] };
    const options = optionsOf(`--default_container_info=${JSON.stringify(info)}`);
    assert.deepEqual(options.defaultContainerInfo, info);
    assert.equal(optionsOf().defaultContainerInfo, undefined);
  });
});

void describe("agentResources()", () => {
  const found = (resources: string | undefined): string => {
    const got = agentResources({ resources, defaultRole: "*", workDir: "/w" }, machine);
    return got.ok ? formatResources(got.value.resources) : got.error;
  };

  void it("finds out what is not mentioned, and leaves some to the machine", () => {
    assert.equal(found(undefined), "cpus:8; mem:15360; disk:97280; ports:[31000-32000]");
    assert.equal(found("cpus:2;mem:100;gpus:1"), "cpus:2; mem:100; gpus:1; disk:97280; ports:[31000-32000]");
  });

  void it("refuses what is no resource", () => {
    assert.match(found("cpus:abc"), /^Failed to determine agent resources: /);
  });
});

void describe("resolvePlace()", () => {
  const at = (args: string[], more: Partial<Machine> = {}) => {
    return resolvePlace(master("--work_dir=/w", ...args).values, { ...machine, ...more });
  };

  void it("listens on loopback unless told otherwise", async () => {
    assert.deepEqual(await at([]), { ok: true, value: place });
    const named = await at([], { environment: { LIBPROCESS_IP: "127.0.0.2" } });
    assert.equal(named.ok && named.value.ip, "127.0.0.2");
  });

  void it("advertises an address that can be connected to", async () => {
    const open = await at(["--ip=0.0.0.0", "--allow_open_network"]);
    assert.deepEqual(open.ok && [open.value.advertiseIp, open.value.hostname], ["10.1.2.3", "box"]);
    const told = await at([
      "--ip=10.0.0.1",
      "--advertise_ip=192.0.2.1",
      "--advertise_port=80",
      "--no-hostname_lookup",
    ]);
    assert.deepEqual(told.ok && [told.value.advertisePort, told.value.hostname], [80, "192.0.2.1"]);
  });

  void it("refuses to be open to strangers without being told", async () => {
    for (const ip of ["0.0.0.0", "::", "8.8.8.8"]) {
      const refused = await at([`--ip=${ip}`]);
      assert.match(refused.ok ? "" : refused.error, /--allow_open_network/);
    }
  });

  void it("refuses addresses that are none, and two ways to say one", async () => {
    const wrong = await at(["--ip=localhost"]);
    assert.equal(wrong.ok ? "" : wrong.error, "Cannot listen on 'localhost': it is not an IP address");
    const both = await at(["--ip=127.0.0.1", "--ip_discovery_command=x"]);
    assert.match(both.ok ? "" : both.error, /^Only one of `--ip` or `--ip_discovery_command`/);
  });

  void it("runs the discovery command", async () => {
    const found = await at(["--ip_discovery_command=x"]);
    assert.equal(found.ok && found.value.ip, "127.0.0.9");
  });
});
