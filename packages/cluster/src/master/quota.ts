// Quota of roles as messages carry it, and as quantities to reckon with.
import {
  type Quantities,
  type QuotaConfig,
  type QuotaInfo,
  type QuotaStatus,
  type ValueScalar,
  toThousandths,
} from "@mezzo/wire";

/** What a role is sure to get, and the most it gets: a name without a limit has none, and a limit of 0 is one. */
export interface RoleQuota {
  readonly guarantees: Quantities;
  readonly limits: Quantities;
}

type Scalars = Readonly<Record<string, ValueScalar>>;

function quantities(scalars: Scalars = {}): Map<string, number> {
  return new Map(Object.entries(scalars).map(([name, { value }]) => [name, toThousandths(value)]));
}

function withoutZeros(scalars: Scalars = {}): Scalars {
  return Object.fromEntries(Object.entries(scalars).filter(([, { value }]) => toThousandths(value) > 0));
}

/** Reads a config. Guarantees of nothing are none. */
export function quotaOf({ guarantees, limits }: QuotaConfig): RoleQuota {
  return { guarantees: quantities(withoutZeros(guarantees)), limits: quantities(limits) };
}

/** The config as it is shown: without guarantees of nothing and empty parts. */
export function normalizeQuota({ role, guarantees, limits = {} }: QuotaConfig): QuotaConfig {
  const kept = withoutZeros(guarantees);
  return {
    role,
    ...(Object.keys(kept).length === 0 ? {} : { guarantees: kept }),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
  };
}

/** Whether a config neither guarantees nor limits anything, which is how quota is removed. */
export function isNoQuota(config: QuotaConfig): boolean {
  const { guarantees, limits } = quotaOf(config);
  return guarantees.size === 0 && limits.size === 0;
}

function infoOf({ role, guarantees = {} }: QuotaConfig): QuotaInfo {
  const guarantee = Object.entries(guarantees).map(([name, scalar]) => ({
    name,
    type: "SCALAR" as const,
    scalar,
  }));
  return guarantee.length === 0 ? { role } : { role, guarantee };
}

/** What GET_QUOTA and GET /quota show: every quota in the older form and the newer. */
export function quotaStatus(quotas: ReadonlyMap<string, QuotaConfig>): QuotaStatus {
  const configs = [...quotas.values()];
  return configs.length === 0 ? {} : { infos: configs.map(infoOf), configs };
}
