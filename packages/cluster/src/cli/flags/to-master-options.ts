// The flags of `mezzo master` to the options of a master.
import { checkElectionUrl } from "@mezzo/sdk";
import { failure, parseQuantities, success, validateRoles, type DomainInfo, type Result } from "@mezzo/wire";
import { parseAcls } from "../../authorization/validate-acls.ts";
import { parseRateLimits } from "../../master/rate-limits/parse-rate-limits.ts";
import { parseFirewallRules } from "./parse-firewall-rules.ts";
import type { LoadedFlags } from "../../core/flags/load-flags.ts";
import { withoutUndefined } from "../../core/without-undefined.ts";
import type { MasterOptions } from "../../master/options.ts";
import { parseRemovalRate } from "./parse-removal-rate.ts";
import { parseWeights } from "./parse-weights.ts";
import type { masterFlags } from "./master-flags.ts";
import type { Place } from "./resolve-place.ts";

const PERCENT = 100;

const listOf = (text: string): string[] => text.split(",").filter((each) => each !== "");

function checkMinAllocatable(text: string): string | undefined {
  for (const token of text.split("|").filter((each) => each !== "")) {
    const quantities = parseQuantities(token);
    if (!quantities.ok) return `Error parsing min_allocatable_resources '${text}': ${quantities.error}`;
  }
  return undefined;
}

/** The options, or the first thing that is wrong in Mesos' words. @see Mesos src/master/master.cpp, main.cpp */
export function toMasterOptions(
  { values, texts, given }: LoadedFlags<typeof masterFlags>,
  place: Place,
): Result<MasterOptions> {
  const roles = values.roles === undefined ? undefined : listOf(values.roles);
  const wrongRole = validateRoles(roles ?? []);
  if (wrongRole !== undefined) return failure(`Failed to parse roles: ${wrongRole}`);
  const weights = parseWeights(values.weights ?? "", roles);
  if (!weights.ok) return weights;
  const wrongQuantities = checkMinAllocatable(values.min_allocatable_resources);
  if (wrongQuantities !== undefined) return failure(wrongQuantities);
  const rate =
    values.agent_removal_rate_limit === undefined
      ? success(undefined)
      : parseRemovalRate(values.agent_removal_rate_limit);
  if (!rate.ok) return rate;
  const { registry, work_dir: workDir } = values;
  if (!["in_memory", "replicated_log", "log_storage"].includes(registry)) {
    return failure(`'${registry}' is not a supported option for registry persistence`);
  }
  const firewall = parseFirewallRules(values.firewall_rules);
  if (!firewall.ok) return firewall;
  const acls = parseAcls(values.acls);
  if (!acls.ok) return acls;
  const rateLimits = parseRateLimits(values.rate_limits);
  if (!rateLimits.ok) return rateLimits;
  const { zk } = values;
  if (zk !== undefined) {
    const place = checkElectionUrl(zk);
    if (!place.ok) return failure(`Failed to create a master contender: ${place.error}`);
  }
  if (registry !== "in_memory" && zk === undefined && workDir === undefined) {
    return failure("--work_dir needed for replicated log based registry");
  }
  return success(
    withoutUndefined({
      ...place,
      cluster: values.cluster,
      disabledEndpoints: firewall.value,
      electionUrl: zk?.trim(),
      electionSessionTimeout: values.zk_session_timeout,
      workDir,
      domain: values.domain as DomainInfo | undefined,
      requireAgentDomain: values.require_agent_domain,
      rootSubmissions: values.root_submissions,
      roles,
      weights: weights.value,
      allocationInterval: values.allocation_interval,
      batchReleases: given.has("allocation_interval"),
      offerTimeout: values.offer_timeout,
      filterGpuResources: values.filter_gpu_resources,
      minAllocatableResources: values.min_allocatable_resources,
      fairSharingExcludedResourceNames: listOf(values.fair_sharing_excluded_resource_names ?? ""),
      roleSorter: values.role_sorter as "drf" | "random",
      frameworkSorter: values.framework_sorter as "drf" | "random",
      whitelist: values.whitelist,
      allocatorAgentRecoveryFactor: values.allocator_agent_recovery_factor,
      allocatorRecoveryTimeout: values.allocator_recovery_timeout,
      offerConstraintsRe2MaxMem: values.offer_constraints_re2_max_mem,
      offerConstraintsRe2MaxProgramSize: values.offer_constraints_re2_max_program_size,
      agentPingTimeout: values.agent_ping_timeout,
      maxAgentPingTimeouts: values.max_agent_ping_timeouts,
      agentReregisterTimeout: values.agent_reregister_timeout,
      agentRemovalRateLimit: rate.value,
      recoveryAgentRemovalLimit: Number.parseFloat(values.recovery_agent_removal_limit) / PERCENT,
      registryStoreTimeout: values.registry_store_timeout,
      registryFetchTimeout: values.registry_fetch_timeout,
      registryMustExist: !values.log_auto_initialize,
      registryGcInterval: values.registry_gc_interval,
      registryMaxAgentAge: values.registry_max_agent_age,
      registryMaxAgentCount: values.registry_max_agent_count,
      maxCompletedFrameworks: values.max_completed_frameworks,
      maxCompletedTasksPerFramework: values.max_completed_tasks_per_framework,
      maxUnreachableTasksPerFramework: values.max_unreachable_tasks_per_framework,
      maxOperatorEventStreamSubscribers: values.max_operator_event_stream_subscribers,
      publishPerFrameworkMetrics: values.publish_per_framework_metrics,
      authenticateFrameworks: values.authenticate_frameworks,
      authenticateAgents: values.authenticate_agents,
      authenticationV0Timeout: values.authentication_v0_timeout,
      authenticateHttpReadonly: values.authenticate_http_readonly,
      authenticateHttpReadwrite: values.authenticate_http_readwrite,
      authenticateHttpFrameworks: values.authenticate_http_frameworks,
      acls: acls.value,
      rateLimits: rateLimits.value,
      flags: texts,
    }),
  );
}
