// Said once at start: who can reach this process without authentication.
import { addressScope } from "../core/address-scope.ts";
import type { Logger } from "../core/logger.ts";

/** Warns when others than this machine's users can reach `ip`. */
export function warnOfOpenness(ip: string, logger: Logger): void {
  if (addressScope(ip) === "loopback") return;
  logger.warn("Nobody has to authenticate: whoever reaches this address can run commands", { ip });
}
