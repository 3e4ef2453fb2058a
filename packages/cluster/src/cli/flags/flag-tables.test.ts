// The tables of master's and agent's flags agree with themselves and with what tools pass.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { failure } from "@mezzo/wire";
import { loadFlags } from "../../core/flags/load-flags.ts";
import type { FlagTable } from "../../core/flags/flag.ts";
import { agentFlags } from "./agent-flags.ts";
import { masterFlags } from "./master-flags.ts";

const readText = () => failure("no files here");

function errorOf(table: FlagTable, ...args: string[]): string {
  const loaded = loadFlags(table, { args, environment: {}, readText });
  return loaded.ok ? "" : loaded.error;
}

void describe("masterFlags, agentFlags", () => {
  void it("have defaults that parse and pass their own checks", () => {
    for (const table of [masterFlags, agentFlags]) assert.equal(errorOf(table), "");
  });

  void it("say of every refused flag why", () => {
    for (const table of [masterFlags, agentFlags] as FlagTable[]) {
      for (const [name, flag] of Object.entries(table)) {
        assert.ok(flag.refused === undefined || flag.refused.length > 10, name);
        assert.ok(flag.help.length > 3, name);
      }
    }
  });

  void it("take the flags that tools give a master", () => {
    const args = [
      "--ip=127.0.0.1",
      "--port=0",
      "--work_dir=/w",
      "--hostname=localhost",
      "--cluster=c",
      "--roles=a,b",
    ];
    args.push("--weights=a=2", "--allocation_interval=50ms", "--agent_ping_timeout=1secs", "--quiet");
    args.push(
      "--max_agent_ping_timeouts=1",
      "--min_allocatable_resources=cpus:2|mem:1000",
      "--registry=in_memory",
    );
    assert.equal(errorOf(masterFlags, ...args), "");
  });

  const masterErrors: [string, RegExp][] = [
    ["--authorizers=mine", /Authorizer 'mine' is not built in, and Mesos' modules are C\+\+ libraries/],
    ["--agent_ping_timeout=10ms", /Expected `--agent_ping_timeout` to be between 1secs and 15mins$/],
    ["--slave_ping_timeout=20mins", /Failed to load flag 'agent_ping_timeout': Expected/],
    ["--max_agent_ping_timeouts=0", /Expected `--max_agent_ping_timeouts` to be at least 1$/],
    ["--agent_reregister_timeout=1mins", /Must be at least 10mins$/],
    ["--recovery_agent_removal_limit=5", /missing '%'$/],
    ["--recovery_agent_removal_limit=150%", /Must be within \[0%-100%\]$/],
    ["--domain={}", /`domain` must define `fault_domain`$/],
    ["--logging_level=LOUD", /'LOUD' is not one of INFO, WARNING, ERROR$/],
  ];
  for (const [arg, expected] of masterErrors) {
    void it(`refuse ${arg} for a master`, () => assert.match(errorOf(masterFlags, arg), expected));
  }

  const agentErrors: [string, RegExp][] = [
    ["--no_such_flag=x", /^Failed to load unknown flag 'no_such_flag'$/],
    ["--gc_delay=soon", /^Failed to load flag 'gc_delay': /],
    ["--isolation=no/such", /Unknown or unsupported isolator 'no\/such'$/],
    ["--isolation=disk/xfs", /Isolator 'disk\/xfs' is not supported by Mezzo yet$/],
    [
      "--isolation=posix/cpu,posix/cpu",
      /Duplicate entries found in --isolation flag '\[ posix\/cpu, posix\/cpu \]'$/,
    ],
    [
      "--isolation=filesystem/linux,filesystem/posix",
      /Using multiple filesystem isolators simultaneously is disallowed$/,
    ],
    ["--launcher=nothing", /Unknown or unsupported launcher: nothing$/],
    ["--containerizers=docker,rkt", /Unknown or unsupported containerizer: rkt$/],
    ["--containerizers=mesos,mesos", /Duplicate entries found in --containerizer flag 'mesos,mesos'$/],
    ["--recover=sometimes", /Unknown option for 'recover' flag sometimes\./],
    ["--reconfiguration_policy=any", /Unknown option for 'reconfiguration_policy' flag any\./],
    ["--gc_disk_headroom=2", /Must be between 0\.0 and 1\.0$/],
    ["--executor_reregistration_timeout=1mins", /to be not more than 15secs$/],
    ['--executor_environment_variables={"A":1}', /must only contain string values$/],
  ];
  for (const [arg, expected] of agentErrors) {
    void it(`refuse ${arg} for an agent`, () => assert.match(errorOf(agentFlags, arg), expected));
  }
});
