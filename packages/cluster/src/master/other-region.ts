// All masters of a cluster are in one region: which agents are far away is told by that of the one that leads.
import { type MasterInfo, encodeJson } from "@mezzo/wire";

/** Why this master must not stand beside the leader, in Mesos' words. @see Mesos src/master/master.cpp Master::detected */
export function otherRegion(own: MasterInfo, leader: MasterInfo): string | undefined {
  const [here, there] = [own, leader].map(({ domain }) => domain?.fault_domain?.region.name);
  if (own.domain === undefined || leader.domain === undefined) return undefined;
  if (here === undefined || there === undefined || here === there) return undefined;
  return (
    `Leading master uses domain ${encodeJson("DomainInfo", leader.domain)}; ` +
    `this master is configured to use domain ${encodeJson("DomainInfo", own.domain)}; ` +
    "all masters in the same cluster must use the same region"
  );
}
