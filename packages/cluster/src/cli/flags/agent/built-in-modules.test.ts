// Tests of the modules that are built in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkModules, FIXED_ESTIMATOR, LOAD_CONTROLLER, readModuleOptions } from "./built-in-modules.ts";

const modules = (name: string, parameters: Record<string, string>): object => ({
  libraries: [
    { modules: [{ name, parameters: Object.entries(parameters).map(([key, value]) => ({ key, value })) }] },
  ],
});
const NONE = {
  modules: undefined,
  resource_estimator: undefined,
  qos_controller: undefined,
  container_logger: undefined,
};

test("checkModules() knows what is built in", () => {
  assert.equal(checkModules(modules(FIXED_ESTIMATOR, {})), undefined);
  assert.match(
    checkModules(modules("com_example_Other", {})) ?? "",
    /^Cannot load module 'com_example_Other'/,
  );
});

test("readModuleOptions() reads parameters as Mesos' modules do", () => {
  assert.deepEqual(readModuleOptions(NONE), { ok: true, value: {} });
  const estimated = readModuleOptions({
    ...NONE,
    modules: modules(FIXED_ESTIMATOR, { resources: "cpus:2" }),
    resource_estimator: FIXED_ESTIMATOR,
  });
  assert.ok(estimated.ok);
  assert.deepEqual(estimated.value.oversubscribedResources, [
    { name: "cpus", type: "SCALAR", scalar: { value: 2 }, revocable: {} },
  ]);
  const limited = readModuleOptions({
    ...NONE,
    modules: modules(LOAD_CONTROLLER, { load_threshold_15min: "8.5" }),
    qos_controller: LOAD_CONTROLLER,
  });
  assert.deepEqual(limited, { ok: true, value: { loadThresholds: { fifteenMinutes: 8.5 } } });
});

test("readModuleOptions() misses parameters", () => {
  for (const flags of [{ resource_estimator: FIXED_ESTIMATOR }, { qos_controller: LOAD_CONTROLLER }]) {
    const result = readModuleOptions({ ...NONE, ...flags });
    assert.match(result.ok ? "" : result.error, /^Failed to create .* needs /);
  }
});
