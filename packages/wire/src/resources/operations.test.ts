// What operations, restarts and conversions do to resources.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { OfferOperation, Resource, TaskInfo } from "../messages.gen.ts";
import { applyOperation } from "./apply-operation.ts";
import { applyCheckpointedResources, needsCheckpointing } from "./checkpointed-resources.ts";
import {
  downgradeMessage,
  upgradeMessage,
  upgradeOperation,
  upgradeTask,
} from "./convert-message-resources.ts";
import { rangesOf, scalarOf } from "./filter-resources.ts";
import { formatResources } from "./format-resources.ts";
import {
  isAllocatableTo,
  isAllocatedToRoleSubtree,
  isDynamicallyReserved,
  isReserved,
  isReservedToRoleSubtree,
  reservationRole,
} from "./kinds.ts";
import { parseResources } from "./parse-resources.ts";
import { commonReservations } from "./reservation-stack.ts";
import { shrinkToLimits, shrinkToQuantities } from "./shrink-resources.ts";
import { downgradeResource, toEndpointResource, upgradeResource } from "./upgrade-resources.ts";

const scalar = (name: string, value: number): Resource => ({ name, type: "SCALAR", scalar: { value } });
const DYNAMIC = { type: "DYNAMIC", role: "r" } as const;
const reserved = (name: string, value: number): Resource => ({
  ...scalar(name, value),
  reservations: [DYNAMIC],
});
const volume = (value: number, extra: Partial<Resource> = {}): Resource => ({
  ...reserved("disk", value),
  disk: { persistence: { id: "v" }, volume: { mode: "RW", container_path: "data" } },
  ...extra,
});

function parse(text: string): Resource[] {
  const parsed = parseResources(text);
  assert.ok(parsed.ok);
  return parsed.value;
}

test("applyOperation() converts and says what is missing", () => {
  const total = [...parse("cpus:4"), reserved("disk", 100)];
  const cases: [OfferOperation, string][] = [
    [
      { type: "RESERVE", reserve: { resources: [reserved("cpus", 1)] } },
      "cpus:3; disk(reservations: [(DYNAMIC,r)]):100; cpus(reservations: [(DYNAMIC,r)]):1",
    ],
    [{ type: "UNRESERVE", unreserve: { resources: [reserved("disk", 100)] } }, "cpus:4; disk:100"],
    [
      { type: "CREATE", create: { volumes: [volume(40)] } },
      "cpus:4; disk(reservations: [(DYNAMIC,r)]):60; disk(reservations: [(DYNAMIC,r)])[v:data]:40",
    ],
    [
      { type: "RESERVE", reserve: { resources: [reserved("cpus", 5)] } },
      "cpus:4; disk(reservations: [(DYNAMIC,r)]):100 does not contain cpus:5",
    ],
    [
      {
        type: "RESERVE",
        reserve: { source: [reserved("disk", 1)], resources: [{ ...reserved("disk", 1), reservations: [] }] },
      },
      "cpus:4; disk(reservations: [(DYNAMIC,r)]):99; disk:1",
    ],
    [{ type: "LAUNCH" }, "Cannot get conversions: Operation not supported"],
    [{ type: "UNKNOWN" }, "Cannot get conversions: Unknown operation"],
  ];
  for (const [operation, expected] of cases) {
    const result = applyOperation(total, operation);
    assert.equal(result.ok ? formatResources(result.value) : result.error, expected);
  }
});

test("applyOperation() grows and shrinks volumes", () => {
  const total = [reserved("disk", 60), volume(40)];
  const grown = applyOperation(total, {
    type: "GROW_VOLUME",
    grow_volume: { volume: volume(40), addition: reserved("disk", 10) },
  });
  assert.ok(grown.ok);
  assert.equal(
    formatResources(grown.value),
    "disk(reservations: [(DYNAMIC,r)]):50; disk(reservations: [(DYNAMIC,r)])[v:data]:50",
  );
  const shrunk = applyOperation(grown.value, {
    type: "SHRINK_VOLUME",
    shrink_volume: { volume: volume(50), subtract: { value: 10 } },
  });
  assert.ok(shrunk.ok);
  assert.equal(
    formatResources(shrunk.value),
    "disk(reservations: [(DYNAMIC,r)]):60; disk(reservations: [(DYNAMIC,r)])[v:data]:40",
  );
});

test("applyOperation() destroys a shared volume with its last copy only", () => {
  const shared = volume(40, { shared: {} });
  const destroy: OfferOperation = { type: "DESTROY", destroy: { volumes: [shared] } };
  const last = applyOperation([shared], destroy);
  assert.ok(last.ok);
  assert.equal(formatResources(last.value), "disk(reservations: [(DYNAMIC,r)]):40");
  assert.deepEqual(applyOperation([shared, shared], destroy), {
    ok: false,
    error:
      "Persistent volume disk(reservations: [(DYNAMIC,r)])[v:data]<SHARED>:40 cannot be removed due to additional" +
      " shared copies",
  });
});

test("applyCheckpointedResources() finds what flags must have said", () => {
  const total = applyCheckpointedResources(parse("cpus:4;disk:100;mem(prod):10"), [
    reserved("cpus", 1),
    volume(40),
    {
      ...scalar("mem", 4),
      reservations: [
        { type: "STATIC", role: "prod" },
        { type: "DYNAMIC", role: "prod/a" },
      ],
    },
  ]);
  assert.ok(total.ok);
  assert.equal(
    formatResources(total.value),
    "cpus:3; disk:60; mem(reservations: [(STATIC,prod)]):6; cpus(reservations: [(DYNAMIC,r)]):1;" +
      " disk(reservations: [(DYNAMIC,r)])[v:data]:40; mem(reservations: [(STATIC,prod),(DYNAMIC,prod/a)]):4",
  );
  assert.deepEqual(applyCheckpointedResources(parse("cpus:1"), [reserved("cpus", 2)]), {
    ok: false,
    error: "Incompatible agent resources: cpus:1 does not contain cpus:2",
  });
  assert.deepEqual(applyCheckpointedResources([], [scalar("cpus", 2)]), {
    ok: false,
    error: "Unexpected checkpointed resources cpus:2",
  });
  assert.ok(!needsCheckpointing({ ...volume(1), provider_id: { value: "p" } }));
});

test("upgradeResource() reads the old format", () => {
  const cases: [Partial<Resource>, Partial<Resource>][] = [
    [{}, {}],
    [{ role: "*" }, {}],
    [{ role: "r" }, { reservations: [{ type: "STATIC", role: "r" }] }],
    [
      { role: "r", reservation: { principal: "p" } },
      { reservations: [{ principal: "p", type: "DYNAMIC", role: "r" }] },
    ],
    [{ role: "r", reservation: {}, reservations: [DYNAMIC] }, { reservations: [DYNAMIC] }],
  ];
  for (const [old, upgraded] of cases) {
    assert.deepEqual(upgradeResource({ ...scalar("cpus", 1), ...old }), {
      ...scalar("cpus", 1),
      ...upgraded,
    });
  }
});

test("downgradeResource() and toEndpointResource() write the old format", () => {
  const labels = { labels: [{ key: "k" }] };
  const dynamic: Resource = { ...scalar("cpus", 1), reservations: [{ ...DYNAMIC, principal: "p", labels }] };
  assert.deepEqual(downgradeResource(scalar("cpus", 1)), { ...scalar("cpus", 1), role: "*" });
  assert.deepEqual(downgradeResource(dynamic), {
    ...scalar("cpus", 1),
    role: "r",
    reservation: { principal: "p", labels },
  });
  assert.deepEqual(toEndpointResource(dynamic), {
    ...dynamic,
    role: "r",
    reservation: { principal: "p", labels },
  });
  const refined = { ...dynamic, reservations: [DYNAMIC, { type: "DYNAMIC", role: "r/a" }] } as Resource;
  assert.equal(downgradeResource(refined), refined);
  assert.equal(toEndpointResource(refined), refined);
});

test("upgradeTask() and its like share what does not change", () => {
  const task: TaskInfo = {
    name: "t",
    task_id: { value: "t" },
    agent_id: { value: "a" },
    resources: [scalar("cpus", 1)],
    executor: { executor_id: { value: "e" }, resources: [scalar("mem", 1)] },
  };
  assert.equal(upgradeTask(task), task);
  const operation: OfferOperation = { type: "LAUNCH", launch: { task_infos: [task] } };
  assert.equal(upgradeOperation(operation), operation);
  const old: TaskInfo = {
    ...task,
    executor: { executor_id: { value: "e" }, resources: [{ ...scalar("mem", 1), role: "*" }] },
  };
  assert.deepEqual(upgradeTask(old), task);
  assert.deepEqual(upgradeOperation({ type: "LAUNCH", launch: { task_infos: [old] } }), operation);
  assert.deepEqual(upgradeMessage({ a: { task: old } }), { a: { task } });
  assert.deepEqual(upgradeMessage(downgradeMessage(operation)), operation);
});

test("upgradeMessage() converts resources and nothing that looks like them", () => {
  const message = {
    attributes: [{ name: "cpus", type: "SCALAR", scalar: { value: 1 } }],
    operation: { create_disk: { source: { ...scalar("disk", 1), role: "*" } } },
    source: "text",
  };
  assert.deepEqual(upgradeMessage(message), {
    ...message,
    operation: { create_disk: { source: scalar("disk", 1) } },
  });
});

test("shrinkToQuantities() and shrinkToLimits() cut what can be cut", () => {
  const mount = { ...scalar("disk", 50), disk: { source: { type: "MOUNT" } } } as Resource;
  const all = [...parse("cpus:4;mem:100"), mount];
  const target = new Map([
    ["cpus", 1500],
    ["disk", 10_000],
  ]);
  assert.equal(formatResources(shrinkToQuantities(all, target)), "cpus:1.5");
  assert.equal(formatResources(shrinkToLimits(all, target)), "cpus:1.5; mem:100");
  assert.equal(formatResources(shrinkToLimits(all, new Map())), formatResources(all));
});

test("kinds look at the innermost reservation", () => {
  const refined: Resource = {
    ...scalar("cpus", 1),
    reservations: [
      { type: "STATIC", role: "eng" },
      { type: "DYNAMIC", role: "eng/web" },
    ],
    allocation_info: { role: "eng/web/x" },
  };
  assert.equal(reservationRole(refined), "eng/web");
  assert.ok(isDynamicallyReserved(refined));
  assert.ok(isReserved(refined, "eng/web"));
  assert.ok(!isReserved(refined, "eng"));
  assert.ok(isAllocatableTo(refined, "eng/web/x"));
  assert.ok(!isAllocatableTo(refined, "eng"));
  assert.ok(isReservedToRoleSubtree(refined, "eng"));
  assert.ok(isAllocatedToRoleSubtree(refined, "eng"));
  const other = { ...refined, reservations: refined.reservations?.slice(0, 1) ?? [] };
  assert.deepEqual(commonReservations(refined, other), [{ type: "STATIC", role: "eng" }]);
});

test("scalarOf() and rangesOf() add up", () => {
  const all = parse("cpus:1;cpus(r):2;ports:[1-2];ports(r):[3-4]");
  assert.equal(scalarOf(all, "cpus"), 3);
  assert.equal(scalarOf(all, "gpus"), undefined);
  assert.deepEqual(rangesOf(all, "ports"), [{ begin: 1, end: 4 }]);
});
