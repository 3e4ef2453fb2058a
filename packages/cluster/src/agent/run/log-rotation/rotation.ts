// When outputs are rotated: the settings of Mesos' LogrotateContainerLogger, of the agent and of single containers.
import { failure, success, type Environment, type EnvironmentVariable, type Result } from "@mezzo/wire";
import { parseBytes } from "../../../core/bytes.ts";

/** The files a container's outputs go to. */
export const OUTPUT_NAMES = ["stdout", "stderr"] as const;

/** For one output. */
export interface Rotation {
  /** No file is meant to be longer. */
  maxBytes: number;
  /** How many older files stay: `stdout.1` is the newest. */
  keep: number;
}

/** What an agent does unless a container's environment says otherwise. */
export interface LogRotation {
  stdout: Rotation;
  stderr: Rotation;
  /** Of the variables by which containers change it: `CONTAINER_LOGGER_MAX_STDOUT_SIZE`. */
  variablePrefix: string;
}

const DEFAULT_MAX_BYTES = 10 * 1024 * 1024;
const DEFAULT_PREFIX = "CONTAINER_LOGGER_";
const PAGE_BYTES = 4096;
/** A folder with more files is of use to nobody. */
const MAX_KEEP = 1000;

/** Reads the module's parameters; errors are Mesos' where it has some. */
export function readRotation(parameters: ReadonlyMap<string, string>): Result<LogRotation> {
  const none: Rotation = { maxBytes: DEFAULT_MAX_BYTES, keep: 0 };
  const stdout = read("stdout", parameters, none);
  if (!stdout.ok) return stdout;
  const stderr = read("stderr", parameters, none);
  if (!stderr.ok) return stderr;
  const variablePrefix = parameters.get("environment_variable_prefix") ?? DEFAULT_PREFIX;
  return success({ stdout: stdout.value, stderr: stderr.value, variablePrefix });
}

/** The settings for a container; variables that make no sense are passed over. */
export function rotationOf(agent: LogRotation, environment: Environment | undefined): LogRotation {
  const { variablePrefix } = agent;
  const parameters = new Map(
    rotationVariables(agent, environment).map(({ name, value = "" }) => [
      name.slice(variablePrefix.length).toLowerCase(),
      value,
    ]),
  );
  const [stdout, stderr] = [
    read("stdout", parameters, agent.stdout),
    read("stderr", parameters, agent.stderr),
  ];
  return {
    stdout: stdout.ok ? stdout.value : agent.stdout,
    stderr: stderr.ok ? stderr.value : agent.stderr,
    variablePrefix,
  };
}

/** What of an environment says how outputs are rotated. */
export function rotationVariables(
  { variablePrefix }: LogRotation,
  environment: Environment | undefined,
): EnvironmentVariable[] {
  return (environment?.variables ?? []).filter(({ name }) => name.startsWith(variablePrefix));
}

function read(
  name: (typeof OUTPUT_NAMES)[number],
  parameters: ReadonlyMap<string, string>,
  otherwise: Rotation,
): Result<Rotation> {
  const size = parameters.get(`max_${name}_size`);
  const parsed = size === undefined ? success(otherwise.maxBytes) : parseBytes(size);
  if (!parsed.ok) return failure(`Failed to load value '${size}' of max_${name}_size: ${parsed.error}`);
  if (parsed.value < PAGE_BYTES) {
    return failure(`Expected --max_stdout_size and --max_stderr_size of at least ${PAGE_BYTES} bytes`);
  }
  const options = parameters.get(`logrotate_${name}_options`)?.trim();
  if (options === undefined || options === "") return success({ ...otherwise, maxBytes: parsed.value });
  const count = /^rotate\s+(\d+)$/.exec(options)?.[1];
  if (count === undefined || Number(count) > MAX_KEEP) {
    return failure(
      `Cannot use logrotate_${name}_options '${options}': only 'rotate <count>' up to ${MAX_KEEP} is built in`,
    );
  }
  return success({ maxBytes: parsed.value, keep: Number(count) });
}
