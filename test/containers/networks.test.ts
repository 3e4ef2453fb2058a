// Containers in CNI networks, with the plugins of the machine, on an agent whose machine is a network namespace.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type {
  AgentResponse,
  ContainerInfo,
  NetworkInfo,
  ResourceStatistics,
  TaskInfo,
  TaskStatus,
} from "@mezzo/wire";
import { Network, type NetworkMachine } from "../masters/support/network.ts";
import { getJson, sandboxOf, type Server, startAgent, startMaster } from "../stories/support/cluster.ts";
import { Framework, scalars } from "../stories/support/framework.ts";
import { Story } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";
import { cgroupsOf, machineState, removeCgroups } from "./support/machine.ts";

const PLUGINS = "/usr/lib/cni";
const SUBNET = "10.218.0.0/24";
const ADDRESS = /^10\.218\.0\.\d+$/;

/** Answers everybody with its own name. */
const SERVER =
  "perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(LocalPort => 8080, Listen => 5, ReuseAddr => 1) or die; " +
  'while ($c = $s->accept) { sysread $c, $b, 4096; print $c "HTTP/1.0 200 OK\\r\\n\\r\\nhere"; close $c }\'';

/** The same by HTTPS, with a certificate that nobody else has signed. */
const SECURE_SERVER =
  "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=story -keyout key -out certificate && " +
  "exec openssl s_server -quiet -www -accept 8443 -key key -cert certificate";

const OFTEN = { delay_seconds: 0, interval_seconds: 0.2, timeout_seconds: 5, grace_period_seconds: 30 };

const inNetwork = (info: NetworkInfo = {}): ContainerInfo => ({
  type: "MESOS",
  network_infos: [{ name: "story", ...info }],
});

void describe("networks of containers", () => {
  const story = new Story({ after });
  const cgroupsRoot = `mezzo-network-${process.pid}`;
  const addresses = join(story.folder, "addresses");
  const config = join(story.folder, "config");
  let state: ReturnType<typeof machineState>;
  let machine: NetworkMachine;
  let master: Server;
  let agent: Awaited<ReturnType<typeof startAgent>>;
  let framework: Framework;

  const within = (command: string, ...args: string[]): string => {
    const [program = "", ...parameters] = [...machine.within, command, ...args];
    return execFileSync(program, parameters, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  };
  const start = (...more: string[]): ReturnType<typeof startAgent> =>
    startAgent(story, master, {
      machine,
      ...(agent && { port: agent.port }),
      flags: [
        ...["--launcher=linux", "--isolation=cgroups/all,namespaces/pid,filesystem/linux"],
        ...[`--cgroups_root=${cgroupsRoot}`, "--resources=cpus:8;mem:4096;disk:1024;ports:[31000-31099]"],
        ...[`--network_cni_config_dir=${config}`, `--network_cni_plugins_dir=${PLUGINS}`],
        '--default_container_dns={"mesos":[{"network_mode":"CNI","dns":{"nameservers":["10.218.0.1"]}}]}',
        ...more,
      ],
    });
  const launch = async (tasks: Omit<TaskInfo, "agent_id">[]): Promise<void> => {
    const offer = await framework.largeOffer();
    const task_infos = tasks.map((task) => ({ ...task, agent_id: offer.agent_id }));
    await framework.accept(offer, [{ type: "LAUNCH", launch: { task_infos } }]);
  };
  const statusesOf = (id: string): TaskStatus[] =>
    framework.heard.flatMap(({ update }) => (update?.status.task_id.value === id ? [update.status] : []));
  const addressOf = (status: TaskStatus): string =>
    status.container_status?.network_infos?.[0]?.ip_addresses?.[0]?.ip_address ?? "";
  /** What is kept of networks: nothing, once no container is left. */
  const kept = (): string[] => {
    const names = (folder: string): string[] => {
      try {
        return readdirSync(folder);
      } catch {
        return [];
      }
    };
    const leased = names(join(addresses, "story")).filter((name) => ADDRESS.test(name));
    return [...names(join(agent.workDir, "../agent-run/isolators/network/cni")), ...leased];
  };
  const veths = (): number => within("ip", "-o", "link", "show", "type", "veth").trim().split("\n").length;

  before(async () => {
    state = machineState();
    mkdirSync(config);
    const ipam = {
      type: "host-local",
      dataDir: addresses,
      ranges: [[{ subnet: SUBNET }]],
      routes: [{ dst: "0.0.0.0/0" }],
    };
    const bridge = { type: "bridge", bridge: "story0", isGateway: true, ipMasq: true, ipam };
    const portmap = { type: "portmap", capabilities: { portMappings: true }, snat: true };
    const list = { cniVersion: "0.4.0", name: "story", plugins: [bridge, portmap] };
    writeFileSync(join(config, "story.conflist"), JSON.stringify(list));
    // One whose plugin fails: a bridge cannot have this name.
    const broken = { cniVersion: "0.4.0", name: "broken", type: "bridge", bridge: "a/b", ipam };
    writeFileSync(join(config, "broken.conf"), JSON.stringify(broken));
    const network = new Network(story);
    machine = network.addMachine();
    master = await startMaster(story, { machine: network.addMachine() });
    agent = await start();
    framework = new Framework({ master: master.address });
    await framework.subscribe();
  });

  void it("have an address, a name and a resolver of their own, which the status tells", async () => {
    const command =
      "cat /etc/hosts /etc/resolv.conf > files; hostname > name; ip -o -4 address show eth0 > eth0; sleep 1000";
    const task = framework.command("plain", command, {
      container: { ...inNetwork(), hostname: "plain-host" },
    });
    await framework.launch([{ ...task, resources: scalars({ cpus: 0.1, mem: 32 }) }]);
    const status = await framework.sees("plain", "TASK_RUNNING");
    const [info] = status.container_status?.network_infos ?? [];
    assert.equal(info?.name, "story");
    const address = addressOf(status);
    assert.match(address, ADDRESS);
    const sandbox = sandboxOf(agent, { frameworkId: framework.id, executorId: "plain" });
    await until("it has looked", () => readFileSync(join(sandbox, "eth0"), "utf8").includes(address));
    assert.equal(
      readFileSync(join(sandbox, "files"), "utf8"),
      `127.0.0.1 localhost\n::1 localhost\n${address} plain-host\nnameserver 10.218.0.1\n`,
    );
    assert.equal(readFileSync(join(sandbox, "name"), "utf8"), "plain-host\n");
    assert.doesNotMatch(readFileSync("/etc/hosts", "utf8"), /plain-host/);
    const [container] = await getJson<{ status: { network_infos?: NetworkInfo[] }; statistics: object }[]>(
      agent.address,
      "/containers",
    );
    assert.equal(container?.status.network_infos?.[0]?.ip_addresses?.[0]?.ip_address, address);
    within("bash", "-c", `exec 3<>/dev/tcp/${address}/1 || true`);
    const counted = await getJson<{ statistics: { net_rx_packets?: number } }[]>(
      agent.address,
      "/monitor/statistics",
    );
    assert.ok((counted[0]?.statistics.net_rx_packets ?? 0) > 0);
    await framework.must({ type: "KILL", kill: { task_id: { value: "plain" } } });
    await framework.sees("plain", "TASK_KILLED");
    await until("its address is free", () => kept().length === 0);
  });

  void it("are reached at mapped ports, and checked from within", async () => {
    const container = inNetwork({ port_mappings: [{ host_port: 31_005, container_port: 8080 }] });
    const http = { type: "HTTP" as const, http: { port: 8080, path: "/" } };
    const extra: Partial<TaskInfo> = {
      container,
      check: { ...http, ...OFTEN },
      health_check: { type: "TCP", tcp: { port: 8080 }, ...OFTEN },
    };
    await framework.launch([
      framework.command("web", SERVER, { ...extra, resources: scalars({ cpus: 0.1, mem: 32 }) }),
    ]);
    await until("the check by HTTP succeeds", () =>
      statusesOf("web").some(({ check_status }) => check_status?.http?.status_code === 200),
    );
    await until("the health check by TCP succeeds", () =>
      statusesOf("web").some(({ healthy }) => healthy === true),
    );
    // From the machine of the story, which is another one than the agent's.
    const answer = await fetch(`http://${machine.ip}:31005/`);
    assert.equal(await answer.text(), "here");
    await framework.must({ type: "KILL", kill: { task_id: { value: "web" } } });
    await framework.sees("web", "TASK_KILLED");
  });

  void it("are checked from within by HTTPS, too", async () => {
    await launch([
      framework.command("secure", SECURE_SERVER, {
        container: inNetwork(),
        health_check: { type: "HTTP", http: { scheme: "https", port: 8443, path: "/" }, ...OFTEN },
      }),
    ]);
    await until("it is healthy", () => statusesOf("secure").some(({ healthy }) => healthy === true));
    await framework.must({ type: "KILL", kill: { task_id: { value: "secure" } } });
    await framework.sees("secure", "TASK_KILLED");
  });

  void it("are one for the tasks of a group, and stay so over a kill -9 of the agent", async () => {
    const { agent_id, ...offer } = await framework.largeOffer();
    const asks =
      "while ! exec 3<>/dev/tcp/127.0.0.1/8080; do sleep 0.1; done; echo >&3; cat <&3 >answer; sleep 1000";
    const tasks = [framework.command("server", SERVER), framework.command("client", `bash -c '${asks}'`)];
    const group = framework.group("group", tasks, { agent_id, container: inNetwork() });
    await framework.accept({ agent_id, ...offer }, [group]);
    const both = [
      await framework.sees("server", "TASK_RUNNING"),
      await framework.sees("client", "TASK_RUNNING"),
    ];
    const [address = "", other] = both.map(addressOf);
    assert.match(address, ADDRESS);
    assert.equal(address, other);
    const sandbox = join(
      sandboxOf(agent, { frameworkId: framework.id, executorId: "group" }),
      "tasks/client",
    );
    await until("the client has its answer", () =>
      readFileSync(join(sandbox, "answer"), "utf8").endsWith("here"),
    );
    await showGroup(address);
    await agent.child.stop("SIGKILL");
    agent = await start();
    await showGroup(address);
    within("bash", "-c", `exec 3<>/dev/tcp/${address}/8080`);
    assert.deepEqual(
      kept().filter((name) => ADDRESS.test(name)),
      [address],
    );
    await framework.must({ type: "KILL", kill: { task_id: { value: "client" } } });
    for (const id of ["client", "server"])
      assert.equal(addressOf(await framework.sees(id, "TASK_KILLED")), address);
    await until("its address is free", () => kept().length === 0);
  });

  /** The group as a whole, then its two members: what they use, and what their one network carried. */
  async function showGroup(address: string): Promise<void> {
    const response = await fetch(`http://${agent.address}/api/v1`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ type: "GET_CONTAINERS", get_containers: { show_nested: true } }),
    });
    const { get_containers } = (await response.json()) as AgentResponse;
    const [whole, ...members] = get_containers?.containers ?? [];
    assert.equal(members.length, 2);
    for (const { container_status: status } of [whole, ...members].flatMap((one) => one ?? []))
      assert.equal(status?.network_infos?.[0]?.ip_addresses?.[0]?.ip_address, address);
    const all = whole?.resource_statistics;
    const each = members.map(({ resource_statistics }) => resource_statistics);
    for (const { container_status: status } of members) {
      assert.deepEqual(status?.container_id?.parent, whole?.container_id);
      assert.ok((status?.executor_pid ?? 0) > 0);
    }
    const sum = (of: (one: ResourceStatistics) => number | undefined): number =>
      each.reduce((total, one) => total + ((one && of(one)) ?? 0), 0);
    // The executor itself has asked for as much as each of its tasks.
    const [first] = each;
    assert.equal(all?.mem_limit_bytes, sum((one) => one.mem_limit_bytes) + (first?.mem_limit_bytes ?? 0));
    assert.ok((all?.mem_rss_bytes ?? 0) > 0 && (all?.processes ?? 0) >= 2);
    assert.ok((all?.net_rx_packets ?? 0) > 0);
    assert.ok((all?.net_rx_packets ?? 0) < sum((one) => one.net_rx_packets));
    const counted = await getJson<{ executor_id: string; statistics: ResourceStatistics }[]>(
      agent.address,
      "/monitor/statistics",
    );
    assert.deepEqual(
      counted.map(({ executor_id, statistics }) => [executor_id, statistics.mem_limit_bytes]),
      [["group", all?.mem_limit_bytes]],
    );
  }

  void it("are given back when task and agent end while nobody looks", async () => {
    const task = framework.command("lost", "echo $$ > pid; sleep 1000", { container: inNetwork() });
    await framework.launch([{ ...task, resources: scalars({ cpus: 0.1, mem: 32 }) }]);
    const address = addressOf(await framework.sees("lost", "TASK_RUNNING"));
    await agent.child.stop("SIGKILL");
    killAll(readCgroup(cgroupsRoot));
    agent = await start();
    await framework.sees("lost", "TASK_FAILED");
    await until("its address is free", () => !kept().includes(address));
  });

  void it("are given back after a reboot, too, where --network_cni_root_dir_persist keeps their records", async () => {
    await agent.child.stop();
    agent = await start("--network_cni_root_dir_persist");
    const task = framework.command("rebooted", "sleep 1000", { container: inNetwork() });
    await framework.launch([{ ...task, resources: scalars({ cpus: 0.1, mem: 32 }) }]);
    const address = addressOf(await framework.sees("rebooted", "TASK_RUNNING"));
    const records = join(agent.workDir, "isolators/network/cni");
    const [name = ""] = readdirSync(records);
    await agent.child.stop("SIGKILL");
    // A reboot leaves no process, no mount, no cgroup, and nothing of what lies below /run.
    killAll(readCgroup(cgroupsRoot));
    within("umount", join(records, name, "ns"));
    await until("its cgroups are gone", () => {
      for (const folder of cgroupsOf(cgroupsRoot)) removeFolder(folder);
      return cgroupsOf(cgroupsRoot).length === 0;
    });
    rmSync(join(agent.workDir, "../agent-run"), { recursive: true, maxRetries: 10 });
    assert.ok(kept().includes(address), "nobody has given it back");
    agent = await start("--network_cni_root_dir_persist");
    await framework.sees("rebooted", "TASK_FAILED");
    await until("its address is free", () => !kept().includes(address));
    assert.deepEqual(readdirSync(records), []);
    await agent.child.stop();
    agent = await start();
  });

  void it("fail the task when there is none of that name, or its plugin fails", async () => {
    const small = { resources: scalars({ cpus: 0.1, mem: 32 }) };
    await launch([
      framework.command("unknown", "true", { ...small, container: inNetwork({ name: "no-such" }) }),
      framework.command("broken", "true", { ...small, container: inNetwork({ name: "broken" }) }),
    ]);
    const unknown = await framework.sees("unknown", "TASK_FAILED");
    assert.equal(unknown.message, "Failed to launch container: Unknown CNI network 'no-such'");
    const broken = await framework.sees("broken", "TASK_FAILED");
    assert.match(
      broken.message ?? "",
      /The CNI plugin '\/usr\/lib\/cni\/bridge' failed to attach container .* to CNI network 'broken': stdout='.*"msg"/s,
    );
  });

  void it("leave nothing behind", async () => {
    await framework.teardown();
    await until("no cgroup is left", () => cgroupsOf(cgroupsRoot).length === 0);
    removeCgroups(cgroupsRoot);
    await until("nothing of networks is left", () => kept().length === 0);
    assert.equal(veths(), 1, "the machine's own cable");
    assert.deepEqual(
      machineState().mounts.filter((mount) => !mount.includes("/run/netns")),
      state.mounts.filter((mount) => !mount.includes("/run/netns")),
    );
  });
});

/** Removes a cgroup, unless something is still in it. */
function removeFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // The last process is about to end.
  }
}

/** One may end with another. */
function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

/** Every process in the cgroups below a root. */
function readCgroup(root: string): number[] {
  const v1 = join("/sys/fs/cgroup/pids", root);
  const folder = existsSync(v1) ? v1 : join("/sys/fs/cgroup", root);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      readFileSync(join(folder, name, "cgroup.procs"), "utf8")
        .trim()
        .split("\n"),
    )
    .filter((line) => line !== "")
    .map(Number);
}
