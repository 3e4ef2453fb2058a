// Style is a test: reads the tree and says what to do instead.
import assert from "node:assert/strict";
import { basename, dirname } from "node:path";
import { test } from "node:test";
import { sourceFiles, typescriptFiles } from "./tree.ts";

/** A file longer than this is several files. */
const MAX_LINES = 500;

/** Half of the files are shorter than this. */
const MAX_MEDIAN_LINES = 80;

const isTest = (path: string): boolean => path.endsWith(".test.ts");

test("files are small", () => {
  const files = typescriptFiles();
  const long = files.filter(({ lines }) => lines.length > MAX_LINES).map(({ path }) => path);
  assert.deepEqual(long, [], "split these into one file for each operation");
  const sizes = files
    .filter(({ path }) => !isTest(path))
    .map(({ lines }) => lines.length)
    .toSorted((a, b) => a - b);
  const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
  assert.ok(median <= MAX_MEDIAN_LINES, `the median file has ${median} lines`);
});

test("a file says in its first line what it is for", () => {
  const mute = typescriptFiles()
    .filter(({ lines }) => !/^(\/\/|\/\*(?! oxlint)|#!)/.test(lines[0] ?? ""))
    .map(({ path }) => path);
  assert.deepEqual(mute, [], "begin with a comment that says what the file is for");
});

test("names of files are kebab-case", () => {
  const odd = typescriptFiles()
    .map(({ path }) => path)
    .filter((path) => !/^[a-z0-9-]+(\.(test|bench|gen|d))*\.tsx?$/.test(basename(path)));
  assert.deepEqual(odd, [], "rename these");
});

test("nothing waits to be done", () => {
  const waiting = typescriptFiles()
    .filter(({ path }) => !path.startsWith("test/tidy/"))
    .flatMap(({ path, lines }) => lines.map((line, index) => ({ line, at: `${path}:${index + 1}` })))
    .filter(({ line }) => /\b(TODO|FIXME|XXX|HACK)\b/.test(line))
    .map(({ at }) => at);
  assert.deepEqual(waiting, [], "do it, or write an issue");
});

test("no test sleeps, is skipped without a word, or runs alone", () => {
  const bad = typescriptFiles()
    .filter(({ path }) => isTest(path) && !path.startsWith("test/tidy/"))
    .flatMap(({ path, lines }) => lines.map((line, index) => ({ line, at: `${path}:${index + 1}` })))
    .filter(({ line }) => /\b(?:test|it|describe)\.(?:only|todo)\(|await sleep\(|test\.skip\(/.test(line))
    .map(({ at }) => at);
  assert.deepEqual(bad, [], "wait for a condition; say why a suite is skipped through its options");
});

test("time and randomness come in as arguments", () => {
  const edges = /^packages\/(?:sdk|sim\/src\/bench)\/|\/core\/|\/testing\/|\.bench\.ts$/;
  const impure = typescriptFiles()
    .filter(({ path }) => path.startsWith("packages/") && !isTest(path) && !edges.test(path))
    .flatMap(({ path, lines }) => lines.map((line, index) => ({ line, at: `${path}:${index + 1}` })))
    .filter(({ line }) => /\bMath\.random\b|\brandomUUID\b|\bDate\.now\b|\bperformance\.now\b/.test(line))
    .map(({ at }) => at);
  assert.deepEqual(impure, [], "take a Clock or a Random (core/clock.ts, core/random.ts)");
});

test("every folder of steps is tested", () => {
  const paths = typescriptFiles().map(({ path }) => path);
  for (const folder of ["packages/cluster/src/master/steps", "packages/cluster/src/agent/steps"]) {
    const inside = paths.filter((path) => path.startsWith(`${folder}/`));
    const untested = [...new Set(inside.map((path) => dirname(path)))].filter(
      (at) => !inside.some((path) => [at, dirname(at)].includes(dirname(path)) && isTest(path)),
    );
    assert.deepEqual(untested, [], "give these folders a test that shows their steps' effects");
  }
});

test("no file names a machine", () => {
  const homes = /(?:^|["'\s(=])\/(?:home|Users|root)\/\w+|\/tmp\/\w+-suite-|registry\.npmjs\.org/;
  const named = sourceFiles()
    .filter(({ path }) => !path.startsWith("test/tidy/"))
    .flatMap(({ path, lines }) => lines.map((line, index) => ({ line, at: `${path}:${index + 1}` })))
    .filter(({ line }) => homes.test(line))
    .map(({ at }) => at);
  assert.deepEqual(named, [], "paths of one machine do not belong into the project");
});
