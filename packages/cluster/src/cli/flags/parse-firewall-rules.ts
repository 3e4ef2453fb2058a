// `--firewall_rules`: endpoints that answer nobody. @see Mesos docs/configuration/master.md, src/messages/flags.proto
import { type Result, failure, success } from "@mezzo/wire";

const FORM = `{"disabled_endpoints": {"paths": ["/files/browse", "/metrics/snapshot"]}}`;

/** The paths; undefined when the flag is absent. */
export function parseFirewallRules(value: unknown): Result<string[] | undefined> {
  if (value === undefined) return success(undefined);
  const { disabled_endpoints: endpoints } = (value ?? {}) as { disabled_endpoints?: { paths?: unknown } };
  const paths = endpoints?.paths;
  if (!Array.isArray(paths) || !paths.every((path) => typeof path === "string" && path.startsWith("/"))) {
    return failure(`Failed to parse the firewall rules: they are not of the form ${FORM}`);
  }
  return success(paths);
}
