// A libprocess message as its sender and receiver see it.

/** A message between two processes. */
export interface Message {
  /** Pid of the sender; `@0.0.0.0:0` when the sender gave none that can be read. */
  readonly from: string;
  /** Pid of the receiver. */
  readonly to: string;
  /** Full protobuf name: `mesos.internal.PingSlaveMessage`. */
  readonly name: string;
  /** Protobuf; empty for an empty message. */
  readonly body: Uint8Array;
}
