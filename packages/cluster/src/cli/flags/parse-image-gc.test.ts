// What `--image_gc_config` takes, and the words for what it does not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseImageGc } from "./parse-image-gc.ts";

const interval = { nanoseconds: 60e9 };

test("--image_gc_config is read, and may be absent", () => {
  assert.deepEqual(parseImageGc(undefined), { ok: true, value: undefined });
  const json = {
    image_disk_headroom: 0.1,
    image_disk_watch_interval: interval,
    excluded_images: [{ type: "DOCKER", docker: { name: "kept" } }],
  };
  assert.deepEqual(parseImageGc(json), {
    ok: true,
    value: { headroom: 0.1, intervalMs: 60_000, keptNames: ["kept"] },
  });
});

for (const wrong of [
  null,
  [],
  { image_disk_headroom: 0.1 },
  { image_disk_headroom: 1.5, image_disk_watch_interval: interval },
  { image_disk_headroom: 0.1, image_disk_watch_interval: { nanoseconds: 0 } },
  { image_disk_headroom: 0.1, image_disk_watch_interval: interval, excluded_images: [{}] },
]) {
  test(`--image_gc_config is refused: ${JSON.stringify(wrong)}`, () => {
    const parsed = parseImageGc(wrong);
    assert.ok(!parsed.ok);
    assert.match(parsed.error, /^Failed to parse --image_gc_config: it is not of the form /);
  });
}
