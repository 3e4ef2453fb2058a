// Feeds a client's records to a container's input (`IOSwitchboardServerProcess::attachContainerInput`).
import type { AgentCall } from "@mezzo/wire";
import type { Clock } from "../../core/clock.ts";
import type { HttpResponse } from "../../net/http/http-response.ts";
import { errorResponse } from "../../net/http/responses.ts";
import { validateInput } from "./process-io.ts";
import type { Switchboard } from "./switchboard.ts";

/** A client that is still sending when the container has ended may finish its record. */
const LAST_RECORD_MS = 1000;

/** Records as they come: a call, or what is wrong with it. Ends with the client's body. */
type InputRecords = AsyncGenerator<AgentCall | { error: string }, void>;

const OK: HttpResponse = { status: 200 };

/** Answers when the client has sent everything or the container's outputs have ended. */
export async function feedInput(
  switchboard: Switchboard,
  { records, clock }: { records: InputRecords; clock: Clock },
): Promise<HttpResponse> {
  if (!switchboard.takeInput()) return errorResponse(409, "Multiple input connections are not allowed");
  try {
    const over = switchboard.finished.then(
      () => new Promise<HttpResponse>((resolve) => void clock.after(LAST_RECORD_MS, () => resolve(OK))),
    );
    return await Promise.race([readAll(switchboard, records), over]);
  } finally {
    switchboard.releaseInput();
    void records.return();
  }
}

async function readAll({ streams }: Switchboard, records: InputRecords): Promise<HttpResponse> {
  for (;;) {
    const next = await records.next();
    if (next.done === true) return OK;
    const refused = await takeRecord(streams, next.value);
    if (refused) return refused;
  }
}

async function takeRecord(
  streams: Switchboard["streams"],
  record: AgentCall | { error: string },
): Promise<HttpResponse | undefined> {
  if ("error" in record) return errorResponse(400, record.error);
  const input = record.attach_container_input;
  const invalid = validateInput(input);
  if (invalid !== undefined) return errorResponse(400, invalid);
  const { data, control } = input?.process_io ?? {};
  const size = control?.tty_info?.window_size;
  if (control) {
    if (!size) return undefined;
    const failed = await streams.resize(size).catch((error: unknown) => reasonOf(error));
    return typeof failed === "string"
      ? errorResponse(400, `Unable to set the window size: ${failed}`)
      : undefined;
  }
  const bytes = Buffer.from(data?.data ?? "", "base64");
  if (bytes.length === 0) {
    streams.endInput();
    return undefined;
  }
  const failed = await streams.write(bytes).catch((error: unknown) => reasonOf(error));
  return typeof failed === "string" ? errorResponse(500, `Failed writing to stdin: ${failed}`) : undefined;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
