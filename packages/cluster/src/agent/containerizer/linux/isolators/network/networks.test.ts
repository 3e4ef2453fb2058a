// Networks by CNI: their configuration, what plugins are told and say, and the files of a container.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { parseContainerDns } from "../../../container-dns.ts";
import { parseNetwork, readNetworks } from "./cni-config.ts";
import { parseResult } from "./cni-result.ts";
import { type JoinedNetwork, wantNetworks } from "./join-network.ts";
import { hostsText, resolverText } from "./network-files.ts";
import { parseInterfaces } from "./network-namespace.ts";

void test("readNetworks() takes the first description of a network whose plugins are there", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mezzo-cni-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const configDir = join(folder, "config");
  const pluginsDir = join(folder, "plugins");
  mkdirSync(join(configDir, "folder"), { recursive: true });
  mkdirSync(pluginsDir);
  writeFileSync(join(pluginsDir, "bridge"), "", { mode: 0o755 });
  writeFileSync(join(pluginsDir, "plain-file"), "", { mode: 0o644 });
  const config = (file: string, value: unknown): void =>
    writeFileSync(join(configDir, file), typeof value === "string" ? value : JSON.stringify(value));
  config("a.conf", { name: "a", type: "bridge" });
  config("b.conflist", { name: "b", cniVersion: "0.4.0", plugins: [{ type: "bridge" }] });
  config("c.conf", { name: "a", type: "bridge", second: true });
  config("d.conf", { name: "d", type: "plain-file" });
  config("e.conf", { name: "e", type: "bridge", ipam: { type: "none-such" } });
  config("f.conf", "{");
  config("g.conf", { name: "g", type: "../bridge" });
  config("h.conf", { type: "bridge" });
  const { networks, problems } = readNetworks({ configDir, pluginsDir: `${folder}/none:${pluginsDir}` });
  assert.deepEqual([...networks.keys()], ["a", "b"]);
  assert.equal(networks.get("a")?.cniVersion, "0.2.0");
  assert.equal(networks.get("a")?.plugins[0]?.["second"], undefined);
  assert.deepEqual(
    problems.map((problem) => problem.slice(configDir.length + 1).replace(/: Expected.*/, ": no JSON")),
    [
      "c.conf: the network 'a' is described twice",
      "d.conf: there is no plugin 'plain-file'",
      "e.conf: there is no plugin 'none-such'",
      "f.conf: no JSON",
      "g.conf: '../bridge' is no name of a plugin",
      "h.conf: it has no 'name'",
    ],
  );
  assert.throws(() => readNetworks({ configDir: `${folder}/none`, pluginsDir }), {
    message: `Unable to list the CNI network configuration directory '${folder}/none': No such file or directory`,
  });
});

void test("parseNetwork() makes two plugins of Mesos' port mapper", () => {
  const { plugins, cniVersion } = parseNetwork(
    JSON.stringify({
      name: "n",
      type: "mesos-cni-port-mapper",
      args: { own: 1 },
      delegate: { type: "bridge", bridge: "br0" },
    }),
  );
  assert.equal(cniVersion, "0.3.1");
  assert.deepEqual(plugins, [
    { type: "bridge", bridge: "br0", args: { own: 1 } },
    { type: "portmap", capabilities: { portMappings: true } },
  ]);
  assert.throws(() => parseNetwork('{"name":"n","type":"mesos-cni-port-mapper"}'), /a plugin has no 'type'/);
});

void test("wantNetworks() numbers interfaces, tells plugins what is asked for, and maps ports where they can", () => {
  const network = {
    cniVersion: "0.4.0",
    plugins: [{ type: "bridge" }, { type: "portmap", capabilities: { portMappings: true } }],
  };
  const find = (name: string): { name: string } & typeof network => ({ name, ...network });
  const info = { name: "b", port_mappings: [{ host_port: 31_000, container_port: 80 }] };
  const [first, second] = wantNetworks([{ name: "a" }, {}, info], find);
  assert.deepEqual([first?.ifName, second?.ifName], ["eth0", "eth1"]);
  assert.equal(second?.plugins[0]?.["runtimeConfig"], undefined);
  assert.deepEqual(second?.plugins[1]?.["runtimeConfig"], {
    portMappings: [{ hostPort: 31_000, containerPort: 80, protocol: "tcp" }],
  });
  assert.deepEqual(second?.plugins[0]?.args, { "org.apache.mesos": { network_info: info } });
  assert.throws(() => wantNetworks([{ name: "x" }], () => undefined), { message: "Unknown CNI network 'x'" });
  assert.throws(
    () => wantNetworks([{ name: "a" }, { name: "a" }], find),
    /join CNI network 'a' multiple times/,
  );
  const reserved = { ...network, plugins: [{ type: "bridge", args: { "org.apache.mesos": {} } }] };
  assert.throws(() => wantNetworks([{ name: "a" }], (name) => ({ name, ...reserved })), /reserved by Mesos/);
});

void test("parseResult() reads addresses of every version", () => {
  const old = { ip4: { ip: "10.0.0.2/24" }, ip6: { ip: "fd00::2/64" }, dns: {} };
  const addresses = [
    { protocol: "IPv4", ip_address: "10.0.0.2" },
    { protocol: "IPv6", ip_address: "fd00::2" },
  ];
  assert.deepEqual(parseResult(JSON.stringify(old)), { addresses, dns: {} });
  const ips = [{ version: "4", address: "10.0.0.2/24" }, { address: "fd00::2/64" }];
  assert.deepEqual(parseResult(JSON.stringify({ cniVersion: "1.0.0", ips })).addresses, addresses);
  assert.throws(() => parseResult("null"), /no JSON object/);
});

function joined(name: string, result: JoinedNetwork["result"]): JoinedNetwork {
  return {
    name,
    ifName: "eth0",
    info: { name },
    cniVersion: "0.4.0",
    plugins: [],
    ...(result && { result }),
  };
}

void test("files of a network: its own name at its first address, and who resolves names", () => {
  const dns = { nameservers: ["10.0.0.1"], domain: "one", search: ["a"], options: ["ndots:1"] };
  const address = { protocol: "IPv4", ip_address: "10.0.0.2" } as const;
  const both = [joined("n", { addresses: [address], dns }), joined("m", { addresses: [], dns: {} })];
  assert.equal(hostsText("host", both), "127.0.0.1 localhost\n::1 localhost\n10.0.0.2 host\n");
  const defaults = {
    mesos: [
      { network_mode: "CNI", dns: { nameservers: ["10.0.0.9"] } },
      { network_mode: "CNI", network_name: "m", dns: { nameservers: ["10.0.0.3"], domain: "two" } },
    ],
  };
  assert.equal(
    resolverText(both, defaults),
    "domain two\nsearch a\noptions ndots:1\nnameserver 10.0.0.1\nnameserver 10.0.0.3\n",
  );
  assert.equal(resolverText([joined("o", undefined)], defaults), "nameserver 10.0.0.9\n");
  assert.equal(resolverText([joined("o", undefined)], undefined), undefined);
});

void test("parseContainerDns() refuses in Mesos' words", () => {
  const why = (value: unknown): string | undefined => {
    const parsed = parseContainerDns(value);
    return parsed.ok ? undefined : parsed.error;
  };
  const cni = { network_mode: "CNI", dns: { nameservers: ["10.0.0.1"] } };
  assert.equal(why({ mesos: [cni, { ...cni, network_name: "n" }] }), undefined);
  assert.match(
    why({ mesos: [cni, cni] }) ?? "",
    /without network name for CNI network in `--default_container_dns`/,
  );
  const named = { ...cni, network_name: "n" };
  assert.match(why({ mesos: [named, named] }) ?? "", /with the same network name 'n' for CNI network/);
  assert.match(
    why({ mesos: [{ network_mode: "HOST" }] }) ?? "",
    /DNS for HOST network .* is not yet supported/,
  );
  assert.match(why({ docker: [{ network_mode: "CNI" }] }) ?? "", /^UNKNOWN network mode/);
  const bridge = { network_mode: "BRIDGE" };
  assert.match(
    why({ docker: [bridge, bridge] }) ?? "",
    /for Docker default bridge network in .* is not allowed/,
  );
});

void test("parseInterfaces() adds up everything but loopback", () => {
  const text = [
    "Inter-|   Receive                                                |  Transmit",
    " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed",
    "    lo: 100 1 0 0 0 0 0 0 100 1 0 0 0 0 0 0",
    "  eth0: 10 2 3 4 0 0 0 0 20 5 6 7 0 0 0 0",
    "  eth1:1 1 1 1 0 0 0 0 1 1 1 1 0 0 0 0",
    "",
  ].join("\n");
  assert.deepEqual(parseInterfaces(text), {
    net_rx_bytes: 11,
    net_rx_packets: 3,
    net_rx_errors: 4,
    net_rx_dropped: 5,
    net_tx_bytes: 21,
    net_tx_packets: 6,
    net_tx_errors: 7,
    net_tx_dropped: 8,
  });
});
