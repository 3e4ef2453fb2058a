// `mezzo agent`.
import { withoutCredentials } from "@mezzo/sdk";
import { agentResources } from "../../api/agent-resources.ts";
import { createFolder } from "../../api/create-folder.ts";
import { mezzoVersion } from "../../core/build-info.ts";
import { thisMachine } from "../../core/machine.ts";
import { agentFlags } from "../flags/agent-flags.ts";
import { loadAgentAuthentication } from "../flags/load-agent-authentication.ts";
import { loadCommandFlags } from "../flags/load-command-flags.ts";
import { resolvePlace } from "../flags/resolve-place.ts";
import { planAgent, toAgentOptions } from "../flags/to-agent-options.ts";
import { onSignals } from "../on-signals.ts";
import { openLogger, shownLogFile } from "../open-logger.ts";
import { warnOfOpenness } from "../warn-of-openness.ts";
import { fail } from "../fail.ts";

/** The log of the process, and its file without `.log`. */
const LOG_NAME = "mezzo-agent";

/** Runs an agent until a signal, or its master, ends it. */
export async function runAgent(args: readonly string[]): Promise<number> {
  const machine = thisMachine();
  const loaded = loadCommandFlags(agentFlags, { name: "agent", args, machine });
  if ("exitCode" in loaded) return loaded.exitCode;
  const { flags } = loaded;
  const plan = planAgent(flags);
  if (!plan.ok) return fail(plan.error);
  const authentication = loadAgentAuthentication(flags.values, machine.readText);
  if (!authentication.ok) return fail(authentication.error);
  const place = await resolvePlace(flags.values, machine);
  if (!place.ok) return fail(place.error);
  try {
    // Loaded here, so that help and wrong flags are answered at once.
    const { Agent } = await import("../../api/agent.ts");
    const { workDir } = plan.value;
    createFolder(workDir, "agent work directory");
    const { resources: given, default_role: defaultRole, isolation } = flags.values;
    const gpuDevices = flags.values.nvidia_gpu_devices;
    const wanted = { resources: given, defaultRole, workDir, isolation, gpuDevices };
    const resources = agentResources(wanted, machine);
    if (!resources.ok) return fail(resources.error);
    const parts = {
      plan: plan.value,
      place: place.value,
      ...resources.value,
      machine,
      authentication: authentication.value,
    };
    const options = toAgentOptions(flags, parts);
    const logger = openLogger(flags.values, LOG_NAME);
    for (const warning of flags.warnings) logger.warn(warning);
    warnOfOpenness(place.value.ip, logger);
    const logFile = shownLogFile(flags.values, LOG_NAME);
    const agent = new Agent({ ...options, ...(logFile !== undefined && { logFile }) }, { logger });
    // As in Mesos, SIGUSR1 takes the agent out of the cluster with its tasks; others leave them running.
    onSignals(["SIGTERM", "SIGINT", "SIGUSR1"], (signal) => {
      logger.info("Stopping", { signal });
      void agent.stop({ unregister: signal === "SIGUSR1" });
    });
    await agent.start();
    const listening = { at: agent.address, workDir, master: withoutCredentials(options.master) };
    logger.info(`Mezzo agent ${mezzoVersion} is listening`, listening);
    const end = await agent.run();
    if (end.code !== 0) return fail(end.message);
    return end.code;
  } catch (error) {
    return fail(error);
  }
}
