// The command line of the simulator.
import { parseArgs } from "node:util";
import { type FaultMixName, FAULT_MIXES, isFaultMixName } from "../scenario/fault-mix.ts";
import type { ScenarioOptions } from "../scenario/scenario.ts";

/** What is to be run; `scenario` lacks what the command line does not say. */
export type Arguments =
  | { kind: "help" }
  | { kind: "one"; scenario: ScenarioOptions; traceFile?: string }
  | { kind: "many"; firstSeed: number; count: number; fixed: Partial<ScenarioOptions> };

const MAX_MASTERS = 9;
const MAX_AGENTS = 60_000;
const MAX_FRAMEWORKS = 1000;
const MAX_MINUTES = 24 * 60;
const MAX_SEED = 2 ** 32;
const MAX_SEEDS = 100_000;

const OPTIONS = {
  seed: { type: "string" },
  seeds: { type: "string" },
  masters: { type: "string" },
  agents: { type: "string" },
  frameworks: { type: "string" },
  minutes: { type: "string" },
  faults: { type: "string" },
  trace: { type: "string" },
  help: { type: "boolean" },
} as const;

function parseNumber(name: string, text: string | undefined, of: { fallback: number; max: number }): number {
  if (text === undefined) return of.fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > of.max) {
    throw new RangeError(`Cannot use --${name}=${text}: it must be a whole number from 1 to ${of.max}`);
  }
  return value;
}

function parseFaults(text: string | undefined): FaultMixName {
  if (text === undefined) return "all";
  if (isFaultMixName(text)) return text;
  throw new RangeError(
    `Cannot use --faults=${text}: it must be one of ${Object.keys(FAULT_MIXES).join(", ")}`,
  );
}

/** Reads the arguments; throws an Error that says what is wrong with them. */
export function parseArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false });
  if (values.help === true) return { kind: "help" };
  const seed = parseNumber("seed", values.seed, { fallback: 1, max: MAX_SEED });
  const scenario = {
    masters: parseNumber("masters", values.masters, { fallback: 1, max: MAX_MASTERS }),
    agents: parseNumber("agents", values.agents, { fallback: 1000, max: MAX_AGENTS }),
    frameworks: parseNumber("frameworks", values.frameworks, { fallback: 5, max: MAX_FRAMEWORKS }),
    minutes: parseNumber("minutes", values.minutes, { fallback: 5, max: MAX_MINUTES }),
    faults: parseFaults(values.faults),
  };
  if (values.seeds !== undefined) {
    if (values.trace !== undefined)
      throw new RangeError("Cannot use --trace with --seeds: it is for one seed");
    const fixed = Object.entries(scenario).filter(([name]) => Object.hasOwn(values, name));
    return {
      kind: "many",
      firstSeed: seed,
      count: parseNumber("seeds", values.seeds, { fallback: 1, max: MAX_SEEDS }),
      fixed: Object.fromEntries(fixed),
    };
  }
  return {
    kind: "one",
    scenario: { seed, ...scenario },
    ...(values.trace !== undefined && { traceFile: values.trace }),
  };
}
