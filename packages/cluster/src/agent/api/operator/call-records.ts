// A streamed request body as calls, one a record.
import { deserialize, RecordDecoder, validateAgentCall, type AgentCall, type MediaType } from "@mezzo/wire";

/** What is wrong with a record. */
export interface CallError {
  error: string;
}

/** Calls as they come. Nothing can follow an error. */
export type CallRecords = AsyncGenerator<AgentCall | CallError, void>;

/** Nobody types or pipes more into a container at once; clients send some kilobytes a record. */
const MAX_INPUT_RECORD_BYTES = 16 * 1024 * 1024;

/** One call, checked; an error in Mesos' words. */
export function readOne(bytes: Uint8Array, mediaType: MediaType): AgentCall | CallError {
  const decoded = deserialize("AgentCall", bytes, mediaType);
  if (!decoded.ok) return { error: decoded.error };
  const invalid = validateAgentCall(decoded.value);
  return invalid === undefined ? decoded.value : { error: `Failed to validate agent::Call: ${invalid}` };
}

/** Reads the body no faster than the calls are taken. A body that breaks off ends like any other. */
export async function* callRecords(
  body: AsyncIterable<Uint8Array> | readonly Uint8Array[],
  mediaType: MediaType,
): CallRecords {
  const decoder = new RecordDecoder({ maxRecordBytes: MAX_INPUT_RECORD_BYTES });
  try {
    for await (const part of body) {
      for (const record of decoder.push(part)) yield readOne(record, mediaType);
      if (decoder.error !== undefined) return yield { error: decoder.error };
    }
  } catch {
    // The client is gone.
  }
}
