// `mezzo master`.
import { withoutCredentials } from "@mezzo/sdk";
import { mezzoVersion } from "../../core/build-info.ts";
import { thisMachine } from "../../core/machine.ts";
import { fail } from "../fail.ts";
import { loadAuthentication } from "../flags/load-authentication.ts";
import { loadCommandFlags } from "../flags/load-command-flags.ts";
import { masterFlags } from "../flags/master-flags.ts";
import { resolvePlace } from "../flags/resolve-place.ts";
import { toMasterOptions } from "../flags/to-master-options.ts";
import { onSignals } from "../on-signals.ts";
import { openLogger, shownLogFile } from "../open-logger.ts";
import { warnOfReadableSecrets } from "../warn-of-readable-secrets.ts";
import { warnOfOpenness } from "../warn-of-openness.ts";

/** The log of the process, and its file without `.log`. */
const LOG_NAME = "mezzo-master";

/** Runs a master until a signal ends it. */
export async function runMaster(args: readonly string[]): Promise<number> {
  const machine = thisMachine();
  const loaded = loadCommandFlags(masterFlags, { name: "master", args, machine });
  if ("exitCode" in loaded) return loaded.exitCode;
  const { flags } = loaded;
  const place = await resolvePlace(flags.values, machine);
  if (!place.ok) return fail(place.error);
  const options = toMasterOptions(flags, place.value);
  if (!options.ok) return fail(options.error);
  const authentication = loadAuthentication(flags.values, machine.readText);
  if (!authentication.ok) return fail(authentication.error);
  try {
    // Loaded here, so that help and wrong flags are answered at once.
    const { Master } = await import("../../api/master.ts");
    const logger = openLogger(flags.values, LOG_NAME);
    for (const warning of flags.warnings) logger.warn(warning);
    warnOfOpenness(place.value.ip, logger);
    warnOfReadableSecrets(flags.values.credentials, logger);
    const { workDir, ...others } = options.value;
    const { electionUrl } = options.value;
    const inMemory =
      flags.values.registry === "in_memory" || (workDir === undefined && electionUrl === undefined);
    const logFile = shownLogFile(flags.values, LOG_NAME);
    const shown = logFile === undefined ? {} : { logFile };
    const settings = { ...others, ...shown, ...authentication.value, ...(inMemory ? {} : { workDir }) };
    const authority = options.value.ip.includes(":") ? `[${options.value.ip}]` : options.value.ip;
    const { MemoryStore } = await import("../../store/memory-store.ts");
    const master = new Master(`${authority}:${options.value.port}`, settings, {
      logger,
      ...(inMemory && { store: new MemoryStore() }),
    });
    onSignals(["SIGTERM", "SIGINT"], (signal) => {
      logger.info("Stopping", { signal });
      void master.stop();
    });
    await master.start();
    const registry = inMemory
      ? "in memory"
      : electionUrl === undefined
        ? workDir
        : withoutCredentials(electionUrl);
    logger.info(`Mezzo master ${mezzoVersion} is listening`, { at: master.address, registry });
    await master.run();
    return 0;
  } catch (error) {
    return fail(error);
  }
}
