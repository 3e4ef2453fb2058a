// Stands for election where masters meet, so that no master leads while somebody else works on their registry.
import type { Election } from "../../election/election.ts";
import { openElection } from "../../election/open-election.ts";
import { systemClock } from "../../core/clock.ts";
import { type Logger, silentLogger } from "../../core/logger.ts";
import { electedStoreDefaults } from "../../store/elected-store.ts";
import { missingRegistry } from "../../store/registry-store.ts";

/** How long to wait for being elected, milliseconds. */
const ELECTION_TIMEOUT_MS = 10_000;

/** As a master has it by default, milliseconds. */
const SESSION_TIMEOUT_MS = 10_000;

/**
 * Resolves with an election that is won. Rejects with what is wrong when somebody leads, or the place does not answer.
 * With `mustExist` nothing is made where there is no registry; rejects with a RegistryStoreError `missing` then.
 */
export async function leadAlone(url: string, { mustExist }: { mustExist: boolean }): Promise<Election> {
  let problem = "it does not answer";
  const logger: Logger = {
    ...silentLogger,
    warn: (message, { reason } = {}) => {
      problem = typeof reason === "string" ? `${message}: ${reason}` : message;
    },
  };
  const registry = { ...electedStoreDefaults, mustExist };
  const options = {
    url: url.trim(),
    sessionTimeoutMs: SESSION_TIMEOUT_MS,
    registry,
    needsRegistry: mustExist,
  };
  const election = await openElection(options, { clock: systemClock, logger });
  try {
    await win(election, () => problem);
  } catch (error) {
    election.close();
    throw error;
  }
  return election;
}

function win(election: Election, problem: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => {
      timer.cancel();
      reject(new Error(`Cannot use the registry in ${election.place}: ${reason}`));
    };
    const timer = systemClock.after(ELECTION_TIMEOUT_MS, () => fail(problem()));
    const info = { id: `registry-${process.pid}`, ip: 0, port: 0, hostname: "mezzo-registry" };
    election.join(info, {
      elected: () => {
        timer.cancel();
        resolve();
      },
      follows: (leader) =>
        fail(`${leader?.pid ?? leader?.hostname ?? "a master"} leads; stop the masters first`),
      absent: () => {
        timer.cancel();
        reject(missingRegistry(election.place));
      },
      lost: fail,
    });
  });
}
