// The registry where masters meet: what every store promises, and that a deposed master can write nothing.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { systemClock } from "../../packages/cluster/src/core/clock.ts";
import { silentLogger } from "../../packages/cluster/src/core/logger.ts";
import type { Election } from "../../packages/cluster/src/election/election.ts";
import { openElection } from "../../packages/cluster/src/election/open-election.ts";
import type { RegistryStore } from "../../packages/cluster/src/store/registry-store.ts";
import { describeRegistryStore } from "../../packages/cluster/src/store/testing/registry-store-contract.ts";
import { Story } from "../stories/support/story.ts";
import { MEETING_PLACES, type MeetingPlace } from "./support/meeting-place.ts";

const value = Buffer.from("x");

for (const [name, start] of MEETING_PLACES) {
  void describe(`a place on ${name}`, () => {
    const story = new Story({ after });
    let place: MeetingPlace;
    let opened = 0;
    before(async () => {
      place = await start(story);
    });

    /** Stands for election; resolves when it leads, or at once if others do. */
    async function stand(path: string, { waits = true } = {}): Promise<Election> {
      const options = { url: `${place.url()}${path}`, sessionTimeoutMs: 10_000 };
      const election = await openElection(options, { clock: systemClock, logger: silentLogger });
      story.closes(() => election.close());
      const leads = new Promise<void>((resolve, reject) => {
        const info = { id: `master-${opened++}`, ip: 0, port: 0 };
        election.join(info, {
          elected: resolve,
          follows: () => undefined,
          lost: (reason) => reject(new Error(reason)),
        });
      });
      leads.catch(() => undefined);
      if (waits) await leads;
      return election;
    }

    async function open(): Promise<RegistryStore> {
      const { store } = await stand(`/${opened}`);
      await store.load();
      return store;
    }

    describeRegistryStore(name, open);

    void it("takes nothing from a master that was deposed, and the next one knows all that was acknowledged", async () => {
      const first = await stand("/fenced");
      await first.store.load();
      await first.store.commit([{ key: "agents/1", value }]);
      const second = stand("/fenced");
      first.close();
      const { store } = await second;
      assert.deepEqual([...(await store.load()).keys()], ["agents/1"]);
      await assert.rejects(first.store.commit([{ key: "agents/2", value }]), /Cannot write the registry/);
      assert.deepEqual([...(await store.load()).keys()], ["agents/1"]);
    });

    void it("takes nothing from a master that has not been elected yet", async () => {
      const first = await stand("/early");
      const second = await stand("/early", { waits: false });
      await assert.rejects(second.store.commit([{ key: "agents/2", value }]), /does not lead/);
      assert.deepEqual([...(await first.store.load()).keys()], []);
    });
  });
}
