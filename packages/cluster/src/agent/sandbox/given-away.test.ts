// Tests that what cannot be given to its owner is not held for ever: an agent runs for months.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { test } from "node:test";
import { mountVolume } from "../containerizer/linux/isolators/volumes/mount-point.ts";
import type { Launch } from "../containerizer/linux/isolator.ts";
import type { FetchContext } from "../fetcher/fetch-context.ts";
import { writeFile } from "../fetcher/write-into-sandbox.ts";
import { openBelow } from "../testing/open-below.ts";
import { sandboxAndVictim } from "../testing/sandbox-and-victim.ts";
import { HeldFolder } from "./held-folder.ts";

const skip = process.platform === "linux" ? false : "needs Linux";

/** Nobody has such an id. */
const owner = { uid: -2, gid: 0, groups: [] };

const cases: [what: string, run: (sandbox: string) => unknown][] = [
  [
    "a folder",
    (sandbox) => {
      const folder = HeldFolder.open(sandbox);
      try {
        folder.make("new", owner);
      } finally {
        folder.close();
      }
    },
  ],
  [
    "a file that is fetched",
    (sandbox) => {
      const context = { sandbox, identity: owner, maxBytes: 100 } as unknown as FetchContext;
      return writeFile(context, { name: "new" }, () => Readable.from([]));
    },
  ],
  [
    "a file to mount over",
    (sandbox) => {
      writeFileSync(join(sandbox, "source"), "");
      const launch = { config: { sandbox }, identity: owner } as unknown as Launch;
      return mountVolume(launch, { source: join(sandbox, "source"), path: "new", mode: "RW", isFile: true });
    },
  ],
];

for (const [what, run] of cases) {
  void test(`${what} is let go of when it cannot be given away`, { skip }, async (context) => {
    const { sandbox } = sandboxAndVictim(context);
    await assert.rejects(async () => run(sandbox), { code: "ERR_OUT_OF_RANGE" });
    assert.deepEqual(openBelow(sandbox), []);
  });
}
