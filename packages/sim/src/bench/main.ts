// npm run bench: the figures of docs/performance.md, measured on this machine.
import { BENCHMARKS } from "./benchmarks.ts";
import { type Figure, meetsTarget } from "./figure.ts";
import { coreShare } from "./machine/contention.ts";
import { parseBenchOptions, USAGE } from "./options.ts";
import { figureJson, figureLine } from "./report/figure-line.ts";

function readOptions(): ReturnType<typeof parseBenchOptions> {
  try {
    return parseBenchOptions(
      process.argv.slice(2),
      BENCHMARKS.map(({ name }) => name),
    );
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(2);
  }
}

const options = readOptions();
if (options.list) {
  for (const { name, summary } of BENCHMARKS) console.log(`${name.padEnd(16)}${summary}`);
  process.exit(0);
}
const chosen = BENCHMARKS.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
const figures: Figure[] = [];
for (const benchmark of chosen) {
  if (!options.json) {
    const share = Math.round(coreShare() * 100);
    console.log(
      `\n${benchmark.name}: ${benchmark.summary} (a busy process gets ${share} % of a core just now)`,
    );
  }
  for (const figure of await benchmark.run()) {
    figures.push(figure);
    console.log(options.json ? figureJson(benchmark.name, figure) : `  ${figureLine(figure)}`);
  }
}
const missed = figures.filter((figure) => meetsTarget(figure) === false).length;
const withTarget = figures.filter(({ target }) => target !== undefined).length;
if (!options.json) console.log(`\n${withTarget - missed} of ${withTarget} targets met`);
process.exitCode = missed > 0 ? 1 : 0;
