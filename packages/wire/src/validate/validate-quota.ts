// Quota: guarantees (the old call) and guarantees with limits (the new one). Follows src/master/quota.cpp.
import type { QuotaConfig, QuotaInfo, ValueScalar } from "../messages.gen.ts";
import { formatScalar, toThousandths } from "../values/scalars.ts";
import { firstError, prefixed } from "./prefixed.ts";
import { validateRole } from "./validate-role.ts";
import { validateScalarValue } from "./validate-scalar-value.ts";

type Amounts = Readonly<Record<string, ValueScalar>>;

/** One exabyte in megabytes, the most memory or disk: fixed-point sums of more could overflow in Mesos. */
const MAX_MEGABYTES = 1024 ** 4;

/** The most of anything else, for the same reason. */
const MAX_OTHER = 1e12;

function formatAmount(name: string, value: number): string {
  return `{'${name}': ${formatScalar(value)}}`;
}

function formatAmounts(amounts: Amounts): string {
  const entries = Object.entries(amounts).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{ ${entries.map(([name, { value }]) => `${name}: ${formatScalar(value)}`).join(", ")} }`;
}

function validateSize([name, { value }]: [string, ValueScalar]): string | undefined {
  const isMegabytes = name === "mem" || name === "disk";
  if (value <= (isMegabytes ? MAX_MEGABYTES : MAX_OTHER)) return undefined;
  const limit = isMegabytes ? `1 exabyte (${MAX_MEGABYTES})` : `1 trillion (${MAX_OTHER})`;
  return `${formatAmount(name, value)} is invalid: values greater than ${limit} are not supported`;
}

function validateAmounts(amounts: Amounts, noun: "guarantee" | "limit"): string | undefined {
  return firstError(Object.entries(amounts), ([name, { value }]) =>
    prefixed(`Invalid ${noun} configuration ${formatAmount(name, value)}: `, validateScalarValue(value)),
  );
}

/** Checks guarantees and limits for a role: sane amounts, and no guarantee above its limit. */
export function validateQuotaConfig(config: QuotaConfig): string | undefined {
  const { role, guarantees = {}, limits = {} } = config;
  if (role === undefined) return "'QuotaConfig.role' must be set";
  const error =
    prefixed("Invalid 'QuotaConfig.role': ", validateRole(role)) ??
    prefixed("Invalid 'QuotaConfig.guarantees': ", firstError(Object.entries(guarantees), validateSize)) ??
    prefixed("Invalid 'QuotaConfig.limits': ", firstError(Object.entries(limits), validateSize)) ??
    validateAmounts(guarantees, "guarantee") ??
    validateAmounts(limits, "limit");
  if (error !== undefined) return error;
  const isWithin = Object.entries(guarantees).every(([name, { value }]) => {
    const limit = limits[name];
    return limit === undefined || toThousandths(value) <= toThousandths(limit.value);
  });
  if (isWithin) return undefined;
  return (
    `'QuotaConfig.guarantees' ${formatAmounts(guarantees)} is not contained within the 'QuotaConfig.limits'` +
    ` ${formatAmounts(limits)}`
  );
}

/** Checks the guarantee of the old call. */
export function validateQuotaInfo(quota: QuotaInfo): string | undefined {
  const { role, guarantee = [] } = quota;
  if (role === undefined) return "QuotaInfo must specify a role";
  const error = prefixed("QuotaInfo with invalid role: ", validateRole(role));
  if (error !== undefined) return error;
  if (guarantee.length === 0) return "QuotaInfo with empty 'guarantee'";
  const names = new Set<string>();
  return firstError(guarantee, (resource) => {
    if ((resource.reservations ?? []).length > 0) return "QuotaInfo must not contain any ReservationInfo";
    if (resource.disk !== undefined) return "QuotaInfo must not contain DiskInfo";
    if (resource.revocable !== undefined) return "QuotaInfo must not contain RevocableInfo";
    if (resource.type !== "SCALAR") return "QuotaInfo must not include non-scalar resources";
    if (names.has(resource.name)) return `QuotaInfo contains duplicate resource name '${resource.name}'`;
    names.add(resource.name);
    return undefined;
  });
}
