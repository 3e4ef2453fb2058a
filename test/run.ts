// Runs every suite of the project, one after the other, and prints one line each and the sum at the end.
// `npm test` runs all of them; `npm test -- unit simulation` runs those named.
import { SUITES } from "./runner/suites.ts";
import type { SuiteResult } from "./runner/suite.ts";

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`Cannot run ${unknown.join(", ")}: the suites are ${SUITES.map((s) => s.name).join(", ")}`);
  process.exit(2);
}

const results: (SuiteResult & { name: string; seconds: number })[] = [];
for (const suite of SUITES.filter((s) => wanted.length === 0 || wanted.includes(s.name))) {
  console.log(`\n== ${suite.name}: ${suite.about}`);
  const startedAt = performance.now();
  const result = await suite.run();
  results.push({ name: suite.name, seconds: (performance.now() - startedAt) / 1000, ...result });
}

console.log("\n== summary");
for (const { name, passed, failed, skipped, seconds, note } of results) {
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  console.log(`${name.padEnd(20)} ${counts.padEnd(40)} ${seconds.toFixed(1)} s${note ? `  ${note}` : ""}`);
}
const sum = (key: "passed" | "failed" | "skipped"): number => results.reduce((n, r) => n + r[key], 0);
console.log(`${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
process.exit(sum("failed") > 0 ? 1 : 0);
