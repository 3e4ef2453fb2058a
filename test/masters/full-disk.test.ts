// A master alone whose disk is full: it ends rather than go on without what it could not write, and knows the rest later.
import assert from "node:assert/strict";
import { test } from "node:test";
import { getJson, startMaster } from "../stories/support/cluster.ts";
import { Story } from "../stories/support/story.ts";
import { SmallDisk } from "./support/small-disk.ts";

const setWeight = (address: string, role: string): Promise<Response> =>
  fetch(`http://${address}/weights`, { method: "PUT", body: JSON.stringify([{ role, weight: 7 }]) });

test("a master on a full disk ends with the reason, and the next one has what was acknowledged", async (t) => {
  const story = new Story(t);
  const disk = new SmallDisk(story, { name: "master", sizeKb: 600 });
  const master = await startMaster(story, { name: "master" });
  assert.equal((await setWeight(master.address, "kept")).status, 200);
  disk.fill();
  const answers = ["lost", "later"].map((role) => assert.rejects(setWeight(master.address, role)));
  assert.equal((await master.child.ended).code, 1);
  await Promise.all(answers);
  assert.match(master.child.errors, /Cannot write the registry: .*database or disk is full/);
  disk.makeRoom();
  const next = await startMaster(story, { name: "master" });
  assert.deepEqual(await getJson(next.address, "/weights"), [{ role: "kept", weight: 7 }]);
});
