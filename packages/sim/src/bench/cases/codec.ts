// Encoding and decoding of what a task costs on the wires, in this process.
import { type Messages, decode, decodeProtobuf, encode, encodeJson, encodeProtobuf } from "@mezzo/wire";
import type { Benchmark } from "../benchmark.ts";
import { type Figure } from "../figure.ts";
import { median } from "../quantile.ts";
import { sampleMessages } from "./sample-messages.ts";

const ROUNDS = 5;
const ROUND_MS = 60;

/** CPU time of one call, in µs: the median of a few rounds, after one for the compiler. */
function cpuUs(run: () => void): number {
  const rounds: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const before = process.cpuUsage();
    const endsAt = performance.now() + ROUND_MS;
    let calls = 0;
    while (performance.now() < endsAt) {
      for (let call = 0; call < 100; call++) run();
      calls += 100;
    }
    const { user, system } = process.cpuUsage(before);
    if (round > 0) rounds.push((user + system) / calls);
  }
  return median(rounds);
}

function measure(name: string, run: () => void): Figure {
  return { name, value: cpuUs(run), unit: "µs" };
}

function figures(): Figure[] {
  const { acknowledge, accept, update, statusUpdate, runTask } = sampleMessages();
  const json = (call: Messages["SchedulerCall"]): Uint8Array =>
    encode("SchedulerCall", call, "application/json");
  const acknowledgeJson = json(acknowledge);
  const acceptJson = json(accept);
  const statusUpdateBytes = encodeProtobuf("StatusUpdateMessage", statusUpdate);
  return [
    measure("ACKNOWLEDGE from JSON", () => decode("SchedulerCall", acknowledgeJson, "application/json")),
    measure("ACCEPT of 10 tasks from JSON", () => decode("SchedulerCall", acceptJson, "application/json")),
    measure("UPDATE to JSON", () => encodeJson("SchedulerEvent", update)),
    measure("StatusUpdateMessage from protobuf", () =>
      decodeProtobuf("StatusUpdateMessage", statusUpdateBytes),
    ),
    measure("RunTaskMessage to protobuf", () => encodeProtobuf("RunTaskMessage", runTask)),
  ];
}

export const codec: Benchmark = {
  name: "codec",
  summary: "CPU of encoding and decoding one message",
  run: () => Promise.resolve(figures()),
};
