// Which drivers and agents are let in, by what they have proved.
import type { FrameworkInfo } from "@mezzo/wire";
import type { MasterOptions } from "../options.ts";

/**
 * Why a driver may not subscribe, in Mesos' words; undefined when it may. `principal` is who it has proved to be, if
 * anyone. @see Mesos src/master/master.cpp Master::validateFrameworkAuthentication
 */
export function refuseStranger(
  options: Pick<MasterOptions, "authenticateFrameworks">,
  { from, principal, info }: { from: string; principal: string | undefined; info: FrameworkInfo },
): string | undefined {
  if (principal === undefined) {
    return options.authenticateFrameworks ? `Framework at ${from} is not authenticated` : undefined;
  }
  if (info.principal === undefined || info.principal === principal) return undefined;
  return `Framework principal '${info.principal}' does not match authenticated principal '${principal}'`;
}

/** Why an agent's registration is dropped, or undefined. It will ask again. */
export function refuseStrangeAgent(
  options: Pick<MasterOptions, "authenticateAgents">,
  principal: string | undefined,
): string | undefined {
  return options.authenticateAgents && principal === undefined ? "it is not authenticated" : undefined;
}
