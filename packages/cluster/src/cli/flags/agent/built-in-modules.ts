// `--modules`: the modules of Mesos that Mezzo has built in, with their parameters; others are libraries it cannot load.
import { failure, isRevocable, parseResources, success, type Resource, type Result } from "@mezzo/wire";
import { readRotation, type LogRotation } from "../../../agent/run/log-rotation/rotation.ts";
import { parseNumber } from "../../../core/parse-number.ts";
import { NO_MODULES } from "../reasons.ts";

export const FIXED_ESTIMATOR = "org_apache_mesos_FixedResourceEstimator";
export const LOAD_CONTROLLER = "org_apache_mesos_LoadQoSController";
export const LOGROTATE_LOGGER = "org_apache_mesos_LogrotateContainerLogger";

/** The modules that do something when a flag asks for them by name. */
const BUILT_IN: ReadonlySet<string> = new Set([FIXED_ESTIMATOR, LOAD_CONTROLLER, LOGROTATE_LOGGER]);

type Parameters = ReadonlyMap<string, string>;

/** What is wrong with the value of `--modules`. */
export function checkModules(value: unknown): string | undefined {
  const modules = readModules(value);
  if (!modules.ok) return modules.error;
  const other = [...modules.value.keys()].find((name) => !BUILT_IN.has(name));
  return other === undefined ? undefined : `Cannot load module '${other}': ${NO_MODULES}`;
}

function readModules(value: unknown): Result<ReadonlyMap<string, Parameters>> {
  if (value === undefined) return success(new Map());
  const modules = new Map<string, Parameters>();
  for (const library of listIn(value, "libraries")) {
    for (const module of listIn(library, "modules")) {
      const name = textIn(module, "name");
      if (name === undefined) return failure("Failed to parse modules: a module has no name");
      const parameters = listIn(module, "parameters").map((each): [string, string] => [
        textIn(each, "key") ?? "",
        textIn(each, "value") ?? "",
      ]);
      modules.set(name, new Map(parameters));
    }
  }
  return success(modules);
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

function listIn(value: unknown, key: string): unknown[] {
  const member = memberOf(value, key);
  return Array.isArray(member) ? member : [];
}

function textIn(value: unknown, key: string): string | undefined {
  const member = memberOf(value, key);
  return typeof member === "string" ? member : undefined;
}

/** The flags this looks at. */
export interface ModuleFlags {
  modules: unknown;
  resource_estimator: string | undefined;
  qos_controller: string | undefined;
  container_logger: string | undefined;
}

/** The revocable resources to offer, the loads that end them, and how outputs are rotated. */
export interface ModuleOptions {
  oversubscribedResources?: Resource[];
  loadThresholds?: { fiveMinutes?: number; fifteenMinutes?: number };
  logRotation?: LogRotation;
}

/** What the flags ask for; parameters as Mesos' own modules take them. */
export function readModuleOptions(flags: ModuleFlags): Result<ModuleOptions> {
  const modules = readModules(flags.modules);
  if (!modules.ok) return modules;
  const estimated = readEstimator(flags.resource_estimator, modules.value);
  if (!estimated.ok) return estimated;
  const limits = readThresholds(flags.qos_controller, modules.value);
  if (!limits.ok) return limits;
  const logger = readLogger(flags.container_logger, modules.value);
  if (!logger.ok) return logger;
  return success({ ...estimated.value, ...limits.value, ...logger.value });
}

function readEstimator(
  name: string | undefined,
  modules: ReadonlyMap<string, Parameters>,
): Result<ModuleOptions> {
  if (name === undefined) return success({});
  const text = modules.get(name)?.get("resources");
  if (text === undefined) {
    return failure(
      `Failed to create resource estimator: the module '${name}' needs the parameter 'resources'`,
    );
  }
  const resources = parseResources(text);
  if (!resources.ok) return failure(`Failed to create resource estimator: ${resources.error}`);
  const oversubscribedResources = resources.value.map((resource) =>
    isRevocable(resource) ? resource : { ...resource, revocable: {} },
  );
  return success({ oversubscribedResources });
}

function readLogger(
  name: string | undefined,
  modules: ReadonlyMap<string, Parameters>,
): Result<ModuleOptions> {
  if (name === undefined) return success({});
  const rotation = readRotation(modules.get(name) ?? new Map());
  return rotation.ok
    ? success({ logRotation: rotation.value })
    : failure(`Failed to create container logger: ${rotation.error}`);
}

function readThresholds(
  name: string | undefined,
  modules: ReadonlyMap<string, Parameters>,
): Result<ModuleOptions> {
  if (name === undefined) return success({});
  const thresholds: NonNullable<ModuleOptions["loadThresholds"]> = {};
  for (const [key, property] of [
    ["load_threshold_5min", "fiveMinutes"],
    ["load_threshold_15min", "fifteenMinutes"],
  ] as const) {
    const text = modules.get(name)?.get(key);
    if (text === undefined) continue;
    const value = parseNumber(text);
    if (!value.ok) return failure(`Failed to parse ${key}: ${value.error}`);
    thresholds[property] = value.value;
  }
  if (thresholds.fiveMinutes === undefined && thresholds.fifteenMinutes === undefined) {
    return failure(
      `Failed to create QoS Controller: the module '${name}' needs load_threshold_5min or load_threshold_15min`,
    );
  }
  return success({ loadThresholds: thresholds });
}
