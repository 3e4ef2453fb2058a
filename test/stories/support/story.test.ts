// A story ends its processes whatever its other parts say.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { Story } from "./story.ts";

void test("a story whose stream cannot be closed ends its processes all the same, and tells", async () => {
  let end: () => Promise<void> = () => Promise.reject(new Error("the story registers no end"));
  const story = new Story({ after: (done) => (end = done) });
  const child = story.start(["sleep", "1000"]);
  const closed: string[] = [];
  story.closes(() => void closed.push("the other"));
  story.closes(() => Promise.reject(new Error("it has broken")));
  await assert.rejects(end(), { message: "it has broken" });
  assert.deepEqual(closed, ["the other"]);
  assert.equal(child.isRunning, false);
  assert.equal(existsSync(story.folder), false);
});
