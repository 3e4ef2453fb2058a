// What masters need of etcd beside what frameworks do: `@mezzo/sdk/etcd`.
export {
  CandidatesWatch,
  candidatesBelow,
  readCandidate,
  writeCandidate,
} from "./detection/etcd/candidates.ts";
export {
  type EtcdRecord,
  grantLease,
  listRecords,
  readRecord,
  renewLease,
  revokeLease,
  transact,
} from "./detection/etcd/etcd-api.ts";
export { EtcdClient } from "./detection/etcd/etcd-client.ts";
export { EtcdError } from "./detection/etcd/etcd-error.ts";
export { parseEtcdUrl, type EtcdPlace } from "./detection/etcd/parse-etcd-url.ts";
