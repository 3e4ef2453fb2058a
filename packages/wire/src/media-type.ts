// The media types of Mesos' HTTP APIs.

/** How one message is encoded in a body or a record. */
export type MediaType = "application/json" | "application/x-protobuf";
