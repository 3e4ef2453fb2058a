// Why etcd did not do what it was asked.

/**
 * - `unreachable`: no answer, or none now. A write may have happened.
 * - `refused`: the credentials are wrong, missing, or not enough.
 * - `full`: etcd's space is used up (its NOSPACE alarm); it only reads and deletes.
 * - `not-found`: the lease is over.
 * - `failed`: anything else.
 */
export type EtcdErrorCode = "unreachable" | "refused" | "full" | "not-found" | "failed";

export class EtcdError extends Error {
  readonly code: EtcdErrorCode;

  constructor(code: EtcdErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "EtcdError";
    this.code = code;
  }
}

/** gRPC's status codes that ask for something. @see grpc/grpc doc/statuscodes.md */
const INVALID_ARGUMENT = 3;
const DEADLINE_EXCEEDED = 4;
const NOT_FOUND = 5;
const PERMISSION_DENIED = 7;
const RESOURCE_EXHAUSTED = 8;
const UNAVAILABLE = 14;
const UNAUTHENTICATED = 16;

/** What etcd answers instead of a result: flat for a call, nested in a stream's line. */
export interface EtcdRefusal {
  code?: number;
  grpc_code?: number;
  message?: string;
}

/** Whether a new token may help: members forget them when they restart, and after five idle minutes. */
export function wantsNewToken({ code, message = "" }: EtcdRefusal): boolean {
  return code === UNAUTHENTICATED || /revision of auth store is old/.test(message);
}

/** @see etcd-io/etcd api/v3rpc/rpctypes/error.go */
export function errorOfRefusal({ code, grpc_code, message = "no reason given" }: EtcdRefusal): EtcdError {
  const status = code ?? grpc_code;
  const isAboutUsers = /user name is empty|authentication failed/.test(message);
  if (status === PERMISSION_DENIED || status === UNAUTHENTICATED || isAboutUsers)
    return new EtcdError("refused", message);
  if (status === RESOURCE_EXHAUSTED && message.includes("space exceeded")) {
    const remedy = "make room (compact, defragment), then disarm its NOSPACE alarm";
    return new EtcdError("full", `${message}: ${remedy}`);
  }
  if (status === NOT_FOUND) return new EtcdError("not-found", message);
  if (status === INVALID_ARGUMENT) return new EtcdError("failed", message);
  const isTransient = status === UNAVAILABLE || status === DEADLINE_EXCEEDED || status === RESOURCE_EXHAUSTED;
  return new EtcdError(isTransient ? "unreachable" : "failed", message);
}
