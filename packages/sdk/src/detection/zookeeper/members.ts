// The masters that stand for election in ZooKeeper: nodes `json.info_0000000042` with a MasterInfo, the lowest leads.
import { JSON_MEDIA_TYPE, type MasterInfo, PROTOBUF_MEDIA_TYPE, decode, encode } from "@mezzo/wire";

/** @see Mesos src/master/constants.hpp MASTER_INFO_JSON_LABEL, MASTER_INFO_LABEL (before 0.24) */
export const MEMBER_PREFIX = "json.info_";
const OLD_PREFIX = "info_";

/** The number at the end of a member's name; undefined for other nodes, such as `log_replicas`. */
function sequenceOf(name: string): number | undefined {
  const match = /^(?:json\.info|info)_(\d+)$/.exec(name);
  return match === null ? undefined : Number(match[1]);
}

/** The name of the member that leads, if any. */
export function leadingMember(names: readonly string[]): string | undefined {
  const members = names.flatMap((name) => {
    const sequence = sequenceOf(name);
    return sequence === undefined ? [] : [{ name, sequence }];
  });
  return members.toSorted((a, b) => a.sequence - b.sequence)[0]?.name;
}

/** Reads a member's data; an error says what is wrong with it. */
export function readMember(name: string, data: Uint8Array): MasterInfo {
  const type = name.startsWith(OLD_PREFIX) ? PROTOBUF_MEDIA_TYPE : JSON_MEDIA_TYPE;
  const info = decode("MasterInfo", data, type);
  if (!info.ok) throw new Error(`Cannot read the master in ZooKeeper's ${name}: ${info.error}`);
  return info.value;
}

export function writeMember(info: MasterInfo): Buffer {
  return Buffer.from(encode("MasterInfo", info, JSON_MEDIA_TYPE));
}
