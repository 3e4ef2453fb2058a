// ProcessIO: the records of what goes into a container and comes out of it (`src/slave/containerizer/mesos/io/switchboard.cpp`).
import type { AgentCallAttachContainerInput, AgentProcessIO } from "@mezzo/wire";
import type { OutputName } from "../containerizer/container-streams.ts";

const NANOSECONDS_PER_MS = 1e6;

/** A piece of output. */
export function outputRecord(type: OutputName, data: Uint8Array): AgentProcessIO {
  return { type: "DATA", data: { type, data: Buffer.from(data).toString("base64") } };
}

/** Says that the connection lives. */
export function heartbeatRecord(intervalMs: number): AgentProcessIO {
  const interval = { nanoseconds: intervalMs * NANOSECONDS_PER_MS };
  return { type: "CONTROL", control: { type: "HEARTBEAT", heartbeat: { interval } } };
}

/** What is wrong with a record of input after the first, in Mesos' words. */
export function validateInput(input: AgentCallAttachContainerInput | undefined): string | undefined {
  const type = input?.type ?? "UNKNOWN";
  if (type !== "PROCESS_IO") {
    return `Expecting 'attach_container_input.type' to be 'PROCESS_IO' instead of: '${type}'`;
  }
  const record = input?.process_io;
  if (!record) return "Expecting 'attach_container_input.process_io' to be present";
  switch (record.type) {
    case undefined:
      return "Expecting 'process_io.type' to be present";
    case "CONTROL":
      return validateControl(record);
    case "DATA":
      return validateData(record);
    default:
      return "'process_io.type' is unknown";
  }
}

function validateControl({ control }: AgentProcessIO): string | undefined {
  if (!control) return "Expecting 'process_io.control' to be present";
  switch (control.type) {
    case undefined:
      return "Expecting 'process_io.control.type' to be present";
    case "TTY_INFO":
      if (!control.tty_info) return "Expecting 'process_io.control.tty_info' to be present";
      return control.tty_info.window_size ? undefined : "Expecting 'tty_info.window_size' to be present";
    case "HEARTBEAT":
      return control.heartbeat ? undefined : "Expecting 'process_io.control.heartbeat' to be present";
    default:
      return "'process_io.control.type' is unknown";
  }
}

function validateData({ data }: AgentProcessIO): string | undefined {
  if (!data) return "Expecting 'process_io.data' to be present";
  if (data.type === undefined) return "Expecting 'process_io.data.type' to be present";
  if (data.type !== "STDIN") return "Expecting 'process_io.data.type' to be 'STDIN'";
  return data.data === undefined ? "Expecting 'process_io.data.data' to be present" : undefined;
}
