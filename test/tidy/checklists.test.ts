// The checklists of Mesos' tests name tests here, and so does what is said of recovery: those exist.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "docs/checklists");

/** Where the checklists' paths begin. */
const BASES = ["packages/cluster/src", ".", "packages"];

/** Pages whose rows begin with a test's title; others may say it in their own words. */
const BY_TITLE = new Set(["allocator-tests.md", "master-tests.md"]);

/** What follows the title of a test in a row: other tests, and words about it. */
const AFTER_TITLE = /; |: |\. |…/u;

/** Titles may go on with what a loop fills in. */
const COMPARED = 40;

interface Named {
  at: string;
  file: string;
  /** Absent where the row says it in other words. */
  title: string | undefined;
}

function* namedTests(): Iterable<Named> {
  for (const page of readdirSync(folder).filter((name) => name.endsWith(".md"))) {
    const lines = readFileSync(join(folder, page), "utf8").split("\n");
    for (const [index, line] of lines.entries()) {
      const at = `docs/checklists/${page}:${index + 1}`;
      const row = /^\| [^|]+ \| `(?<file>[^`]+\.test\.ts)` \| (?<words>.+) \|$/u.exec(line);
      const title = row?.groups?.["words"]?.split(AFTER_TITLE)[0]?.trim();
      for (const [, file = ""] of line.matchAll(/`([^`]+\.test\.ts)`/gu)) {
        const isRows = file === row?.groups?.["file"];
        yield { at, file, title: isRows && BY_TITLE.has(page) ? title : undefined };
      }
    }
  }
}

/** Of rows that name files and, in italics after each, titles. */
function* shownBy(page: string): Iterable<Named> {
  const lines = readFileSync(join(root, page), "utf8").split("\n");
  for (const [index, line] of lines.entries()) {
    const at = `${page}:${index + 1}`;
    for (const [, file = "", titles = ""] of line.matchAll(/`([^`]+\.test\.ts)`((?:,? \*[^*]+\*)*)/gu)) {
      if (titles === "") yield { at, file, title: "a title in italics" };
      for (const [, title] of titles.matchAll(/\*([^*]+)\*/gu)) yield { at, file, title };
    }
  }
}

test("the tests that checklists and docs/agent-recovery.md name are there", () => {
  const missing: string[] = [];
  for (const { at, file, title = "" } of [...namedTests(), ...shownBy("docs/agent-recovery.md")]) {
    const path = BASES.map((base) => join(root, base, file)).find((candidate) => existsSync(candidate));
    if (path === undefined) missing.push(`${at}: ${file}`);
    else if (!readFileSync(path, "utf8").includes(title.slice(0, COMPARED))) missing.push(`${at}: ${title}`);
  }
  assert.deepEqual(missing, [], "name the test as it is called now, or write it");
});
