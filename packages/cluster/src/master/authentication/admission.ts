// Which drivers and agents are let in, by what they have proved.
import type { SchedulerCall } from "@mezzo/wire";
import type { MasterOptions } from "../options.ts";

/** What admission looks at. */
export interface Admission {
  readonly options: Pick<MasterOptions, "authenticateFrameworks" | "authenticateAgents">;
  /** The principal that a pid has proved to be. */
  readonly principalOf: (pid: string) => string | undefined;
}

/**
 * A driver's SUBSCRIBE as the master takes it, with the principal it authenticated with, or why it is refused, in Mesos'
 * words; every other call unchanged. @see Mesos src/master/master.cpp Master::validateFrameworkAuthentication
 */
export function admitDriverCall(
  { options, principalOf }: Admission,
  { from, call }: { from: string; call: SchedulerCall },
): { call: SchedulerCall } | { refusal: string } {
  if (call.type !== "SUBSCRIBE" || call.subscribe === undefined) return { call };
  const { subscribe } = call;
  const { framework_info: info } = subscribe;
  const proved = principalOf(from);
  if (proved === undefined) {
    return options.authenticateFrameworks
      ? { refusal: `Framework at ${from} is not authenticated` }
      : { call };
  }
  if (info.principal === undefined) {
    return { call: { ...call, subscribe: { ...subscribe, framework_info: { ...info, principal: proved } } } };
  }
  if (info.principal === proved) return { call };
  return {
    refusal: `Framework principal '${info.principal}' does not match authenticated principal '${proved}'`,
  };
}

/** Why an agent's registration is dropped, or undefined. It will ask again. */
export function refuseAgent({ options, principalOf }: Admission, from: string): string | undefined {
  return options.authenticateAgents && principalOf(from) === undefined
    ? "it is not authenticated"
    : undefined;
}
