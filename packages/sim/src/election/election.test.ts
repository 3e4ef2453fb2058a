// The simulated election: who leads while sessions begin, fall silent and end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SimClock } from "../time/sim-clock.ts";
import { type Candidate, Election } from "./election.ts";

function setUp(): {
  clock: SimClock;
  election: Election;
  told: string[];
  candidate: (pid: string) => Candidate;
} {
  const clock = new SimClock();
  const told: string[] = [];
  const candidate = (pid: string): Candidate => ({ pid, elected: () => void told.push(pid) });
  return { clock, election: new Election(10_000, clock), told, candidate };
}

test("the session that began first leads, and the next one when it leaves", () => {
  const { clock, election, told, candidate } = setUp();
  const seen: (string | undefined)[] = [];
  election.watch((pid) => void seen.push(pid));
  const first = election.join(candidate("a"), { heard: true });
  election.join(candidate("b"), { heard: true });
  while (clock.runNext());
  assert.deepEqual(told, ["a"]);
  election.leave(first);
  while (clock.runNext());
  assert.deepEqual(told, ["a", "b"]);
  assert.deepEqual(seen, ["a", "b"]);
});

test("a silence shorter than a session changes nothing, a longer one ends it", () => {
  const { clock, election, candidate } = setUp();
  const first = election.join(candidate("a"), { heard: true });
  election.join(candidate("b"), { heard: true });
  election.setHeard(first, false);
  clock.after(9000, () => election.setHeard(first, true));
  while (clock.runNext());
  assert.equal(election.leader, first);
  election.setHeard(first, false);
  while (clock.runNext());
  assert.equal(first.over, true);
  assert.equal(election.leader?.candidate.pid, "b");
});

test("a leader that cannot hear is told when it can", () => {
  const { clock, election, told, candidate } = setUp();
  const session = election.join(candidate("a"), { heard: false });
  clock.after(5000, () => {
    assert.deepEqual(told, []);
    election.setHeard(session, true);
  });
  while (clock.runNext());
  assert.deepEqual(told, ["a"]);
});
