// Resources, attributes and quantities as text.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { Resource } from "../messages.gen.ts";
import { formatResourcesJson } from "./format-resources-json.ts";
import { formatResource, formatResources } from "./format-resources.ts";
import { formatAttribute, parseAttributes } from "./parse-attributes.ts";
import { parseLimits, parseQuantities } from "./parse-quantities.ts";
import { parseResourceList, parseResources } from "./parse-resources.ts";
import { formatQuantities, isWithinLimits, quantitiesOf, subtractFromLimits } from "./quantities.ts";

const scalar = (name: string, value: number): Resource => ({ name, type: "SCALAR", scalar: { value } });
const STATIC = { type: "STATIC", role: "prod" } as const;

test("parseResources() reads text", () => {
  const cases: [string, string][] = [
    ["cpus:4;mem:1024", "cpus:4; mem:1024"],
    [" cpus : 4 ; mem:1 024 ", "cpus:4; mem:1024"],
    ["cpus:1;cpus:2", "cpus:3"],
    ["cpus:0", "{}"],
    ["", "{}"],
    ["ports:[31000-32000]", "ports:[31000-32000]"],
    ["ports:[5-6,1-2]", "ports:[1-2, 5-6]"],
    ["set:{a,b}", "set:{a, b}"],
    ["disk(role):10", "disk(reservations: [(STATIC,role)]):10"],
    ["disk(*):10", "disk:10"],
    ["cpus(eng/web):1.5", "cpus(reservations: [(STATIC,eng/web)]):1.5"],
  ];
  for (const [text, formatted] of cases) {
    const parsed = parseResources(text);
    assert.ok(parsed.ok, text);
    assert.equal(formatResources(parsed.value), formatted);
  }
});

test("parseResources() reserves for the default role", () => {
  for (const text of ["cpus:1", '[{"name": "cpus", "type": "SCALAR", "scalar": {"value": 1}}]']) {
    const parsed = parseResources(text, { defaultRole: "prod" });
    assert.ok(parsed.ok);
    assert.equal(formatResources(parsed.value), "cpus(reservations: [(STATIC,prod)]):1");
  }
});

test("parseResources() reads JSON of either format", () => {
  const parsed = parseResources(
    JSON.stringify([
      { ...scalar("cpus", 2), role: "prod" },
      { ...scalar("mem", 10), reservations: [STATIC] },
      { ...scalar("disk", 5), disk: { source: { type: "MOUNT", mount: { root: "/m" } } } },
    ]),
  );
  assert.ok(parsed.ok);
  assert.equal(
    formatResources(parsed.value),
    "cpus(reservations: [(STATIC,prod)]):2; mem(reservations: [(STATIC,prod)]):10; disk[MOUNT:/m]:5",
  );
});

test("parseResources() refuses in Mesos' words", () => {
  const json = (resource: Partial<Resource>): string =>
    JSON.stringify([{ ...scalar("disk", 1), ...resource }]);
  const cases: [string, string][] = [
    ["cpus", "Bad value for resources, missing or extra ':' in cpus"],
    ["cpus:1:2", "Bad value for resources, missing or extra ':' in cpus:1:2"],
    ["cpus)(:1", "Bad value for resources, mismatched parentheses in cpus)(:1"],
    ["cpus(r:1", "Bad value for resources, mismatched parentheses in cpus(r:1"],
    ["cpus:abc", "Bad type for resource cpus value abc type TEXT"],
    ["cpus:-1", "Bad type for resource cpus value -1 type TEXT"],
    ["ports:[1-", "Failed to parse resource ports value [1- error Mismatched brackets"],
    ["(r):1", "Empty resource name"],
    ["ports:[5-1]", "Invalid ranges resource: begin > end"],
    ["s:{a,a}", "Invalid set resource: duplicated elements"],
    ["cpus(a/):1", "Role 'a/' cannot end with a slash"],
    ["x:1;x:{a}", "Resources with the same name ('x') but different types are not allowed"],
    [
      json({ revocable: {} }),
      "Revocable resources cannot be specified at the command line; do not include a 'revocable' key in the" +
        " resources JSON",
    ],
    [
      json({ reservations: [{ type: "DYNAMIC", role: "r" }] }),
      "Dynamic reservations cannot be specified at the command line; do not include a reservation with DYNAMIC type" +
        " in the resources JSON",
    ],
    [
      json({ disk: { persistence: { id: "v" } } }),
      "Persistent volumes cannot be specified at the command line",
    ],
  ];
  for (const [text, error] of cases) assert.deepEqual(parseResources(text), { ok: false, error }, text);
  const missing = parseResources('[{"type": "SCALAR"}]');
  assert.ok(!missing.ok);
  assert.match(missing.error, /^Some JSON resources were not formatted properly: /);
});

test("parseResourceList() lets volumes pass", () => {
  const volume = { ...scalar("disk", 1), reservations: [STATIC], disk: { persistence: { id: "v" } } };
  const parsed = parseResourceList(JSON.stringify([volume]));
  assert.ok(parsed.ok);
  assert.equal(formatResources(parsed.value), "disk(reservations: [(STATIC,prod)])[v]:1");
});

test("parseResources() and parseAttributes() never throw", () => {
  const text = fc.string({ unit: fc.constantFrom(...Array.from("ac:;()[]{}-,.10 \n*/")), maxLength: 24 });
  fc.assert(
    fc.property(text, (input) => {
      parseResources(input);
      parseAttributes(input);
      parseQuantities(input);
      parseLimits(input);
    }),
  );
});

test("formatResource() writes as Mesos does", () => {
  const disk = (info: Resource["disk"]): Resource => ({ ...scalar("disk", 10), ...(info && { disk: info }) });
  const volume = { mode: "RW", container_path: "data" } as const;
  const cases: [Resource, string][] = [
    [{ ...scalar("cpus", 1), allocation_info: { role: "r" } }, "cpus(allocated: r):1"],
    [
      { ...scalar("cpus", 1), allocation_info: { role: "r" }, reservations: [STATIC] },
      "cpus(allocated: r)(reservations: [(STATIC,prod)]):1",
    ],
    [
      {
        ...scalar("cpus", 1),
        reservations: [
          STATIC,
          { type: "DYNAMIC", role: "prod/a", principal: "p", labels: { labels: [{ key: "k", value: "v" }] } },
        ],
      },
      "cpus(reservations: [(STATIC,prod),(DYNAMIC,prod/a,p,{k: v})]):1",
    ],
    [{ ...scalar("cpus", 0.5), revocable: {} }, "cpus{REV}:0.5"],
    [disk({ persistence: { id: "v1" }, volume }), "disk[v1:data]:10"],
    [disk({ persistence: { id: "v1" }, volume: { ...volume, host_path: "/h" } }), "disk[v1:/h:data:rw]:10"],
    [
      disk({ source: { type: "PATH", path: { root: "/p" } }, persistence: { id: "v" } }),
      "disk[PATH:/p,v]:10",
    ],
    [disk({ source: { type: "MOUNT" } }), "disk[MOUNT]:10"],
    [disk({ source: { type: "RAW", id: "i", vendor: "c", profile: "p" } }), "disk[RAW(c,i,p)]:10"],
    [disk({ source: { type: "BLOCK" } }), "disk[BLOCK]:10"],
    [{ name: "s", type: "SET", set: { item: ["a"] } }, "s:{a}"],
  ];
  for (const [resource, text] of cases) assert.equal(formatResource(resource), text);
  assert.equal(formatResources([]), "{}");
});

test("formatResourcesJson() writes what stout's JSON would", () => {
  const ranges = { range: [{ end: 2, begin: 1 }] };
  assert.equal(
    formatResourcesJson([
      { ...scalar("cpus", 1), reservations: [STATIC] },
      scalar("mem", 0.5),
      { type: "RANGES", ranges, name: "ports" },
    ]),
    '[{"name":"cpus","reservations":[{"role":"prod","type":"STATIC"}],"scalar":{"value":1.0},"type":"SCALAR"},' +
      '{"name":"mem","scalar":{"value":0.5},"type":"SCALAR"},' +
      '{"name":"ports","ranges":{"range":[{"begin":1,"end":2}]},"type":"RANGES"}]',
  );
  assert.equal(formatResourcesJson([]), "[]");
});

test("parseAttributes() reads numbers, ranges and texts", () => {
  const parsed = parseAttributes("rack:abc;zone:west;python:2.6;level:10;keys:[1000-1500];url:a:b");
  assert.ok(parsed.ok);
  assert.equal(
    parsed.value.map(formatAttribute).join(" "),
    "rack=abc zone=west python=2.6 level=10 keys=[1000-1500] url=a:b",
  );
});

test("parseAttributes() refuses in Mesos' words", () => {
  const cases: [string, string][] = [
    ["rack", "Invalid attribute key:value pair 'rack'"],
    [":x", "Invalid attribute key:value pair ':x'"],
    ["a:", "Invalid attribute key:value pair 'a:'"],
    ["a:{b}", "Bad type for attribute a text {b} type 2"],
    ["a:[1-", "Failed to parse attribute a text [1- error Mismatched brackets"],
  ];
  for (const [text, error] of cases) assert.deepEqual(parseAttributes(text), { ok: false, error });
});

test("quantities are read, compared and written", () => {
  const quantities = parseQuantities("mem:32;cpus:0.5;cpus:0.5;disk:0");
  assert.ok(quantities.ok);
  assert.equal(formatQuantities(quantities.value), "cpus:1; mem:32");
  assert.equal(formatQuantities(new Map()), "{}");
  const limits = parseLimits("cpus:1;gpus:0");
  assert.ok(limits.ok);
  assert.ok(isWithinLimits(limits.value, quantities.value));
  assert.ok(!isWithinLimits(limits.value, new Map([["gpus", 1]])));
  assert.deepEqual(
    subtractFromLimits(limits.value, new Map([["cpus", 2000]])),
    new Map([
      ["cpus", 0],
      ["gpus", 0],
    ]),
  );
  assert.deepEqual(parseLimits("cpus:1;cpus:2"), {
    ok: false,
    error: "Failed to parse '2' to limit: duplicate names are not allowed",
  });
  assert.deepEqual(parseQuantities("cpus:[1-2]"), {
    ok: false,
    error: "Failed to parse '[1-2]' to quantity: only scalar values are allowed",
  });
  const ports: Resource = { name: "ports", type: "RANGES", ranges: { range: [{ begin: 1, end: 3 }] } };
  assert.deepEqual(quantitiesOf([ports]), new Map([["ports", 3000]]));
});
