// What the clusters of random lives are made of: plain ones, and wide ones with everything that offers go by.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import type { DomainInfo, Resource } from "@mezzo/wire";
import { compileOfferConstraints } from "../index.ts";
import { type TestAgent, type TestFramework, resources } from "./test-cluster.ts";

type Choices<T> = readonly [T, ...T[]];

/** An agent as it is added, and as it may come to be. */
export type RandomAgent = Pick<TestAgent, "info" | "capabilities"> & { total: readonly Resource[] };

export interface ClusterChoices {
  readonly agents: Choices<RandomAgent>;
  readonly frameworks: Choices<TestFramework>;
}

const TOTALS: Choices<string> = [
  "cpus:2;mem:128;ports:[1-10]",
  "cpus:4;mem:64;disk:10",
  "cpus:1;mem:64;cpus(a):2;mem(a):64",
  "cpus(a/b):1;mem(a/b):64;gpus:1",
  "cpus:0.001;mem:1",
  "cpus:3.3;mem:100;cpus(z):0.7;zones:{x,y}",
];

const FRAMEWORKS: Choices<TestFramework> = [
  { roles: ["a"] },
  { roles: ["a/b", "z"], capabilities: ["RESERVATION_REFINEMENT"] },
  { roles: ["a", "a/c", "q"], suppressedRoles: ["q"], capabilities: ["GPU_RESOURCES"] },
  { role: "z" },
  { roles: ["q"], active: false },
  { roles: ["a/b"], offerFilters: { "a/b": { min_allocatable_resources: {} } } },
];

const plainAgent = (total: string): RandomAgent => ({ total: resources(total) });

/** Without what only a few clusters have: the sums of these can be checked by simple means. */
export const PLAIN: ClusterChoices = {
  agents: [plainAgent(TOTALS[0]), ...TOTALS.slice(1).map(plainAgent)],
  frameworks: FRAMEWORKS,
};

/** A volume that several may hold at once. */
export function sharedVolume(role: string, id: string, size: number): Resource {
  return {
    name: "disk",
    type: "SCALAR",
    scalar: { value: size },
    reservations: [{ type: "DYNAMIC", role }],
    disk: { persistence: { id }, volume: { container_path: "data", mode: "RW" } },
    shared: {},
  };
}

function revocable(name: string, amount: number): Resource {
  return { name, type: "SCALAR", scalar: { value: amount }, revocable: {} };
}

function domainIn(region: string): DomainInfo {
  return { fault_domain: { region: { name: region }, zone: { name: "zone" } } };
}

/** Of the master; half of the agents are in another region. */
export const HOME = domainIn("north");

/** Only agents that have the attribute `rack`, for these roles. */
function onRacks(...roles: string[]): NonNullable<TestFramework["constraints"]> {
  const groups = [
    { attribute_constraints: [{ selector: { attribute_name: "rack" }, predicate: { exists: {} } }] },
  ];
  const compiled = compileOfferConstraints({
    role_constraints: Object.fromEntries(roles.map((role) => [role, { groups }])),
  });
  assert.ok(compiled.ok);
  return compiled.value;
}

const RACK = [{ name: "rack", type: "TEXT" as const, text: { value: "1" } }];

/** Shared volumes, revocable resources, regions, attributes, and frameworks and agents that understand some of it. */
export const WIDE: ClusterChoices = {
  agents: [
    { total: [...resources("cpus:2;mem:128"), sharedVolume("a", "v1", 100)] },
    {
      total: [
        ...resources("cpus:2;mem:64;disk:5"),
        sharedVolume("a", "v2", 5),
        sharedVolume("a/b", "v3", 40),
        revocable("cpus", 2),
      ],
      info: { attributes: RACK },
    },
    {
      total: [...resources("cpus:1;mem:64;cpus(z):1;mem(z):64"), revocable("cpus", 1), revocable("mem", 64)],
      info: { domain: domainIn("north"), attributes: RACK },
    },
    {
      total: [...resources("cpus:3;mem:100"), sharedVolume("z", "v4", 20)],
      info: { domain: domainIn("south") },
    },
    { total: resources("cpus:2;mem:96;gpus:1"), capabilities: ["MULTI_ROLE"], info: { attributes: RACK } },
    { total: resources("cpus:1;mem:32"), capabilities: [] },
  ],
  frameworks: [
    { roles: ["a"], capabilities: ["SHARED_RESOURCES"] },
    { roles: ["a", "z"], capabilities: ["SHARED_RESOURCES", "REGION_AWARE", "REVOCABLE_RESOURCES"] },
    {
      roles: ["a/b", "a"],
      capabilities: ["SHARED_RESOURCES", "RESERVATION_REFINEMENT"],
      constraints: onRacks("a/b"),
    },
    { roles: ["q"], capabilities: ["REVOCABLE_RESOURCES"], constraints: onRacks("q", "z") },
    { role: "z", capabilities: ["SHARED_RESOURCES", "GPU_RESOURCES"] },
    { roles: ["a/c", "q"], suppressedRoles: ["q"], capabilities: ["REGION_AWARE"] },
  ],
};
