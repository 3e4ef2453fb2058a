// Whether a token belongs to the executor it is used for (`verifyExecutorClaims` in src/slave/http.cpp of Mesos).
import type { Claims } from "../../net/authentication/json-web-token.ts";

/** Why the bearer is not the executor, in Mesos' words, or undefined. */
export function whyNotTheExecutor(
  claims: Claims,
  of: { frameworkId: string; executorId: string; containerId: string },
): string | undefined {
  const said = Object.entries(claims).map(([name, value]) => `${name}: ${value}`);
  const principal = `Authenticated principal '{ claims: { ${said.join(", ")} } }' does not contain`;
  if (claims["fid"] !== of.frameworkId) {
    return `${principal} an 'fid' claim with the framework ID ${of.frameworkId}, which is set in the call`;
  }
  if (claims["eid"] !== of.executorId) {
    return `${principal} an 'eid' claim with the executor ID ${of.executorId}, which is set in the call`;
  }
  if (claims["cid"] !== of.containerId) {
    return `${principal} a 'cid' claim with the correct active ContainerID`;
  }
  return undefined;
}
