// Roles, ids, commands, containers, checks, single resources.
import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  CheckInfo,
  ContainerInfo,
  EnvironmentVariable,
  HealthCheck,
  Resource,
} from "../messages.gen.ts";
import { validateCheckInfo, validateHealthCheck } from "./validate-check.ts";
import { validateEnvironment } from "./validate-command-info.ts";
import { validateContainerInfo } from "./validate-container-info.ts";
import { validateId } from "./validate-id.ts";
import { validateOfferFilters } from "./validate-offer-filters.ts";
import { validateQuotaConfig, validateQuotaInfo } from "./validate-quota.ts";
import { validateResource, validateResources } from "./validate-resource.ts";
import { validateRole } from "./validate-role.ts";
import { validateScalarValue } from "./validate-scalar-value.ts";

test("validateRole() follows docs/roles.md", () => {
  const cases: [string, string | undefined][] = [
    ["*", undefined],
    ["a", undefined],
    ["a/b", undefined],
    ["a-b.c", undefined],
    ["", "Role names cannot be the empty string"],
    ["/a", "Role '/a' cannot start with a slash"],
    ["/", "Role '/' cannot start with a slash"],
    ["a/", "Role 'a/' cannot end with a slash"],
    ["a//b", "Role 'a//b' cannot contain two adjacent slashes"],
    ["a/.", "Role 'a/.' cannot include '.' as a component"],
    ["..", "Role '..' cannot include '..' as a component"],
    ["a/*", "Role 'a/*' cannot include '*' as a component"],
    ["a/-b", "Role component '-b' is invalid because it starts with a dash"],
    ["a b", "Role component 'a b' is invalid because it contains backspace or whitespace"],
    ["a\x7f", "Role component 'a\x7f' is invalid because it contains backspace or whitespace"],
  ];
  for (const [role, error] of cases) assert.equal(validateRole(role), error);
});

test("validateId() refuses what cannot name a directory", () => {
  const cases: [string, string | undefined][] = [
    ["a.b c", undefined],
    ["x".repeat(255), undefined],
    ["", "ID must not be empty"],
    ["x".repeat(256), "ID must not be greater than 255 characters"],
    ["ü".repeat(128), "ID must not be greater than 255 characters"],
    [".", "'.' is disallowed"],
    ["..", "'..' is disallowed"],
    ["a/b", "'a/b' contains invalid characters"],
    ["a\\b", "'a\\b' contains invalid characters"],
    ["a\n", "'a\n' contains invalid characters"],
  ];
  for (const [id, error] of cases) assert.equal(validateId(id), error);
});

test("validateScalarValue() refuses odd numbers", () => {
  const cases: [number, string | undefined][] = [
    [0, undefined],
    [1.5, undefined],
    [-1, "Negative values not supported"],
    [Infinity, "Infinite values not supported"],
    [NaN, "NaN not supported"],
    [1e-320, "Subnormal values not supported"],
  ];
  for (const [value, error] of cases) assert.equal(validateScalarValue(value), error);
});

test("validateEnvironment() wants values and secrets where they belong", () => {
  const data = (text: string): string => Buffer.from(text).toString("base64");
  const cases: [EnvironmentVariable, string | undefined][] = [
    [{ name: "A", value: "" }, undefined],
    [{ name: "A" }, "Environment variable 'A' of type 'VALUE' must have a value set"],
    [
      { name: "A", value: "x", secret: {} },
      "Environment variable 'A' of type 'VALUE' must not have a secret set",
    ],
    [{ name: "A", type: "SECRET" }, "Environment variable 'A' of type 'SECRET' must have a secret set"],
    [
      { name: "A", type: "SECRET", secret: {}, value: "x" },
      "Environment variable 'A' of type 'SECRET' must not have a value set",
    ],
    [
      { name: "A", type: "SECRET", secret: { type: "VALUE" } },
      "Environment variable 'A' specifies an invalid secret: Secret of type VALUE must have the 'value' field set",
    ],
    [
      {
        name: "A",
        type: "SECRET",
        secret: { type: "REFERENCE", reference: { name: "r" }, value: { data: "" } },
      },
      "Environment variable 'A' specifies an invalid secret: Secret 'r' of type REFERENCE must not have the 'value'" +
        " field set",
    ],
    [
      { name: "A", type: "SECRET", secret: { type: "VALUE", value: { data: data("a\0") } } },
      "Environment variable 'A' specifies a secret containing null bytes, which is not allowed in the environment",
    ],
    [{ name: "A", type: "SECRET", secret: { type: "VALUE", value: { data: data("a") } } }, undefined],
    [{ name: "A", type: "UNKNOWN" }, "Environment variable of type 'UNKNOWN' is not allowed"],
  ];
  for (const [variable, error] of cases) assert.equal(validateEnvironment({ variables: [variable] }), error);
});

test("validateContainerInfo() checks volumes and Docker", () => {
  const volume = { mode: "RW", container_path: "/c" } as const;
  const cases: [ContainerInfo, string | undefined][] = [
    [{ type: "MESOS" }, undefined],
    [
      { type: "MESOS", volumes: [volume] },
      "Invalid volume: Only one of them should be set: 'host_path', 'image' and 'source'",
    ],
    [
      { type: "MESOS", volumes: [{ ...volume, host_path: "/h", source: {} }] },
      "Invalid volume: Only one of them should be set: 'host_path', 'image' and 'source'",
    ],
    [{ type: "MESOS", volumes: [{ ...volume, source: {} }] }, "Invalid volume: 'source.type' is unknown"],
    [
      { type: "MESOS", volumes: [{ ...volume, source: { type: "SANDBOX_PATH" } }] },
      "Invalid volume: 'source.sandbox_path' is not set for SANDBOX_PATH volume",
    ],
    [
      {
        type: "MESOS",
        volumes: [{ ...volume, source: { type: "CSI_VOLUME", csi_volume: { plugin_name: "p" } } }],
      },
      "Invalid volume: 'source.csi_volume.static_provisioning' is not set for CSI volume",
    ],
    [{ type: "DOCKER" }, "DockerInfo 'docker' is not set for DOCKER typed ContainerInfo"],
    [
      { type: "DOCKER", docker: { image: "i", parameters: [{ key: "name", value: "n" }] } },
      "Parameter in DockerInfo must not be 'name'",
    ],
    [{ type: "DOCKER", docker: { image: "i" } }, undefined],
  ];
  for (const [container, error] of cases) assert.equal(validateContainerInfo(container), error);
});

test("validateHealthCheck() and validateCheckInfo() want what the type says", () => {
  const healthChecks: [HealthCheck, string | undefined][] = [
    [{}, "HealthCheck must specify 'type'"],
    [{ type: "UNKNOWN" }, "'UNKNOWN' is not a valid health check type"],
    [{ type: "COMMAND" }, "Expecting 'command' to be set for COMMAND health check"],
    [{ type: "COMMAND", command: {} }, "Command health check must contain 'shell command'"],
    [{ type: "COMMAND", command: { shell: false } }, "Command health check must contain 'executable path'"],
    [
      { type: "COMMAND", command: { value: "v", environment: { variables: [{ name: "A" }] } } },
      "Health check's `CommandInfo` is invalid: Environment variable 'A' of type 'VALUE' must have a value set",
    ],
    [{ type: "HTTP" }, "Expecting 'http' to be set for HTTP health check"],
    [{ type: "HTTP", http: { port: 1, scheme: "ftp" } }, "Unsupported HTTP health check scheme: 'ftp'"],
    [{ type: "HTTP", http: { port: 1, path: "x" } }, "The path 'x' of HTTP health check must start with '/'"],
    [{ type: "TCP" }, "Expecting 'tcp' to be set for TCP health check"],
    [{ type: "TCP", tcp: { port: 1 } }, undefined],
    [
      { type: "TCP", tcp: { port: 1 }, grace_period_seconds: -1 },
      "Expecting 'grace_period_seconds' to be non-negative",
    ],
  ];
  for (const [check, error] of healthChecks) assert.equal(validateHealthCheck(check), error);
  const checks: [CheckInfo, string | undefined][] = [
    [{}, "CheckInfo must specify 'type'"],
    [{ type: "UNKNOWN" }, "'UNKNOWN' is not a valid check type"],
    [{ type: "COMMAND" }, "Expecting 'command' to be set for COMMAND check"],
    [{ type: "COMMAND", command: { command: {} } }, "Command check must contain 'shell command'"],
    [{ type: "HTTP", http: { port: 1, path: "x" } }, "The path 'x' of HTTP check must start with '/'"],
    [{ type: "TCP", tcp: { port: 1 }, delay_seconds: -1 }, "Expecting 'delay_seconds' to be non-negative"],
    [{ type: "TCP", tcp: { port: 1 } }, undefined],
  ];
  for (const [check, error] of checks) assert.equal(validateCheckInfo(check), error);
});

test("validateOfferFilters() wants quantities", () => {
  const filters = (quantities: Record<string, { value: number }>) => ({
    min_allocatable_resources: { quantities: [{ quantities }] },
  });
  assert.equal(validateOfferFilters({}), undefined);
  assert.equal(validateOfferFilters(filters({ cpus: { value: 1 } })), undefined);
  assert.equal(validateOfferFilters(filters({})), "Resource quantities must contain at least one quantity");
  assert.equal(
    validateOfferFilters(filters({ cpus: { value: -1 } })),
    "Invalid resource quantity for 'cpus': Negative values not supported",
  );
});

test("validateResource() follows the order of Mesos", () => {
  const cpus: Resource = { name: "cpus", type: "SCALAR", scalar: { value: 1 } };
  const disk: Resource = { name: "disk", type: "SCALAR", scalar: { value: 1 } };
  const ranges = (...range: { begin: number; end: number }[]): Resource => ({
    name: "ports",
    type: "RANGES",
    ranges: { range },
  });
  const STATIC = { type: "STATIC", role: "r" } as const;
  const DYNAMIC = { type: "DYNAMIC", role: "r" } as const;
  const cases: [Resource, string | undefined][] = [
    [cpus, undefined],
    [{ ...cpus, scalar: { value: 0 } }, undefined],
    [{ ...cpus, name: "" }, "Empty resource name"],
    [{ name: "cpus", type: "SCALAR" }, "Invalid scalar resource"],
    [{ ...cpus, set: {} }, "Invalid scalar resource"],
    [{ ...cpus, scalar: { value: -1 } }, "Invalid scalar resource: value <= 0"],
    [{ ...cpus, scalar: { value: 0.0001 } }, "Invalid scalar resource: value <= 0"],
    [{ ...cpus, type: "TEXT" }, "Unsupported resource type"],
    [{ name: "ports", type: "RANGES" }, "Invalid ranges resource"],
    [ranges({ begin: 2, end: 1 }), "Invalid ranges resource: begin > end"],
    [ranges({ begin: 1, end: 3 }, { begin: 3, end: 4 }), "Invalid ranges resource: overlapping ranges"],
    [ranges({ begin: 1, end: 2 }, { begin: 3, end: 4 }), undefined],
    [{ name: "s", type: "SET", set: { item: ["a", "a"] } }, "Invalid set resource: duplicated elements"],
    [{ ...cpus, disk: {} }, "DiskInfo should not be set for cpus resource"],
    [
      { ...disk, disk: { source: { type: "RAW", mount: {} } } },
      "Mount should not be set for RAW disk source",
    ],
    [{ ...cpus, role: "a b" }, "Role component 'a b' is invalid because it contains backspace or whitespace"],
    [{ ...cpus, reservation: {} }, 'Invalid reservation: role "*" cannot be dynamically reserved'],
    [{ ...cpus, role: "r", reservation: {} }, undefined],
    [
      { ...cpus, role: "r", reservation: { role: "r" } },
      "'Resource.ReservationInfo.role' must not be set for the 'Resource.reservation' field",
    ],
    [
      { ...cpus, reservations: [{ role: "r" }] },
      "Invalid reservation: 'Resource.ReservationInfo.type' field must be set.",
    ],
    [
      { ...cpus, reservations: [{ ...STATIC, role: "*" }] },
      'Invalid reservation: role "*" cannot be reserved',
    ],
    [
      { ...cpus, reservations: [STATIC, { type: "STATIC", role: "r/a" }] },
      "Invalid refined reservation: A refined reservation cannot be STATIC",
    ],
    [
      { ...cpus, reservations: [STATIC, { type: "DYNAMIC", role: "q" }] },
      "Invalid refined reservation: role 'q' is not a refinement of 'r'",
    ],
    [{ ...cpus, reservations: [STATIC], role: "r" }, undefined],
    [
      { ...cpus, reservations: [STATIC], role: "q" },
      "Invalid resource format: 'Resource.role' field with 'q' does not match the role 'r' in 'Resource.reservations'",
    ],
    [
      { ...cpus, reservations: [DYNAMIC], role: "r" },
      "Invalid resource format: 'Resource.role' and 'Resource.reservation' must either be both set or both not set if" +
        " the single reservation in 'Resource.reservations' is DYNAMIC",
    ],
    [
      { ...cpus, reservations: [DYNAMIC], role: "r", reservation: { principal: "p" } },
      "Invalid resource format: 'Resource.reservation.principal' field with 'p' does not match the principal '' in" +
        " 'Resource.reservations'",
    ],
    [{ ...cpus, shared: {} }, "Resource cpus cannot be shared"],
    [{ ...disk, shared: {} }, "Only persistent volumes can be shared"],
  ];
  for (const [resource, error] of cases)
    assert.equal(validateResource(resource), error, JSON.stringify(resource));
  assert.equal(
    validateResources([cpus, { ...cpus, scalar: { value: -1 } }]),
    "Resource 'cpus:-1' is invalid: Invalid scalar resource: value <= 0",
  );
});

test("validateQuotaConfig() and validateQuotaInfo() want sane amounts", () => {
  const amount = (value: number) => ({ cpus: { value } });
  assert.equal(validateQuotaConfig({ role: "r", guarantees: amount(1), limits: amount(2) }), undefined);
  assert.equal(
    validateQuotaConfig({ role: "r", guarantees: amount(2), limits: amount(1) }),
    "'QuotaConfig.guarantees' { cpus: 2 } is not contained within the 'QuotaConfig.limits' { cpus: 1 }",
  );
  assert.equal(
    validateQuotaConfig({ role: "r", limits: amount(-1) }),
    "Invalid limit configuration {'cpus': -1}: Negative values not supported",
  );
  assert.equal(
    validateQuotaConfig({ role: "r", limits: amount(2e12) }),
    "Invalid 'QuotaConfig.limits': {'cpus': 2000000000000} is invalid: values greater than 1 trillion" +
      " (1000000000000) are not supported",
  );
  assert.equal(validateQuotaInfo({}), "QuotaInfo must specify a role");
  assert.equal(validateQuotaInfo({ role: "r" }), "QuotaInfo with empty 'guarantee'");
});
