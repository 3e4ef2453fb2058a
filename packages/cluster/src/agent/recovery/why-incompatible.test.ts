// Changes of configuration that let an agent keep its id, and what is said of those that do not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAttributes, parseResources, type AgentInfo } from "@mezzo/wire";
import { whyIncompatible } from "./why-incompatible.ts";

function agent(resources: string, attributes = "", more: Partial<AgentInfo> = {}): AgentInfo {
  const parsed = [parseResources(resources), parseAttributes(attributes)] as const;
  if (!parsed[0].ok || !parsed[1].ok) throw new Error(`Cannot parse ${resources} or ${attributes}`);
  return { hostname: "h", port: 5051, resources: parsed[0].value, attributes: parsed[1].value, ...more };
}

const DOMAIN = { fault_domain: { region: { name: "r" }, zone: { name: "z" } } };
const UNDER = "Configuration change not permitted under 'additive' policy";

const CASES: {
  name: string;
  from: AgentInfo;
  to: AgentInfo;
  equal: boolean;
  additive: string | undefined;
}[] = [
  {
    name: "another order",
    from: agent("cpus:4;mem:1024", "rack:a;level:2"),
    to: agent("mem:1024;cpus:4", "level:2;rack:a"),
    equal: true,
    additive: undefined,
  },
  {
    name: "more of everything",
    from: agent("cpus:4;ports:[1-5];names:{a}", "rack:a;span:[1-2]"),
    to: agent("cpus:5;ports:[1-9];names:{a,b};gpus:1", "rack:a;span:[1-3];new:x", { domain: DOMAIN }),
    equal: false,
    additive: undefined,
  },
  {
    name: "less of a scalar",
    from: agent("cpus:4;mem:1024"),
    to: agent("cpus:3.5;mem:1024"),
    equal: false,
    additive: `${UNDER}: Value of scalar resource 'cpus' decreased from 4 to 3.5`,
  },
  {
    name: "a resource gone",
    from: agent("cpus(r):1;cpus:1"),
    to: agent("cpus:2"),
    equal: false,
    additive: `${UNDER}. Resource not found: cpus(reservations: [(STATIC,r)]):1`,
  },
  {
    name: "other ranges",
    from: agent("ports:[1-5]"),
    to: agent("ports:[2-9]"),
    equal: false,
    additive: `${UNDER}: Previous value of range resource 'ports' ([1-5]) not included in current [2-9]`,
  },
  {
    name: "another set",
    from: agent("names:{a,b}"),
    to: agent("names:{b}"),
    equal: false,
    additive: `${UNDER}: Previous value of set resource 'names' ({a, b}) not included in current {b}`,
  },
  {
    name: "an attribute gone",
    from: agent("cpus:1", "rack:a"),
    to: agent("cpus:1"),
    equal: false,
    additive: `${UNDER}: Couldn't find attribute rack=a`,
  },
  {
    name: "an attribute of another type",
    from: agent("cpus:1", "rack:a"),
    to: agent("cpus:1", "rack:1"),
    equal: false,
    additive: `${UNDER}: Type of attribute 'rack' changed from TEXT to SCALAR`,
  },
  {
    name: "another text",
    from: agent("cpus:1", "rack:a"),
    to: agent("cpus:1", "rack:b"),
    equal: false,
    additive: `${UNDER}: Value of text attribute 'rack' changed from a to b`,
  },
  {
    name: "narrower ranges of an attribute",
    from: agent("cpus:1", "span:[1-3]"),
    to: agent("cpus:1", "span:[1-2]"),
    equal: false,
    additive: "Previous value of ranges resource 'span' ([1-3]) not included in current [1-2]",
  },
  {
    name: "another host",
    from: agent("cpus:1"),
    to: agent("cpus:1", "", { hostname: "i" }),
    equal: false,
    additive: "Configuration change not permitted under `additive` policy: Hostname changed from h to i",
  },
  {
    name: "another domain",
    from: agent("cpus:1", "", { domain: DOMAIN }),
    to: agent("cpus:1"),
    equal: false,
    additive: `Configuration change not permitted under \`additive\` policy: Domain changed from ${JSON.stringify(DOMAIN)} to undefined`,
  },
];

for (const { name, from, to, equal, additive } of CASES) {
  test(`whyIncompatible() with ${name}`, () => {
    const words = whyIncompatible("equal", from, to);
    if (equal) assert.equal(words, undefined);
    else assert.match(words ?? "", /^Incompatible agent info detected\./);
    assert.equal(whyIncompatible("additive", from, to), additive);
  });
}
