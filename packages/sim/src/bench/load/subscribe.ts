// The event stream of a scheduler, over HTTP and in JSON.
import { request } from "node:http";
import { type FrameworkInfo, RecordDecoder, type SchedulerEvent } from "@mezzo/wire";

export interface Subscription {
  streamId: string;
  frameworkId: string;
}

export interface SubscribeOptions {
  port: number;
  info: FrameworkInfo;
  /** Every event but SUBSCRIBED. */
  onEvent: (event: SchedulerEvent) => void;
}

/** Resolves when subscribed; rejects when the master refuses. */
export function subscribe({ port, info, onEvent }: SubscribeOptions): Promise<Subscription> {
  return new Promise((resolve, reject) => {
    const call = JSON.stringify({ type: "SUBSCRIBE", subscribe: { framework_info: info } });
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    const place = { host: "127.0.0.1", port, path: "/api/v1/scheduler", method: "POST", agent: false };
    const subscription = request({ ...place, headers }, (response) => {
      if (response.statusCode !== 200) {
        reject(new Error(`Cannot subscribe: the master answered ${response.statusCode}`));
        return;
      }
      const decoder = new RecordDecoder();
      response.on("data", (chunk: Buffer) => {
        for (const record of decoder.push(chunk)) {
          const event = JSON.parse(Buffer.from(record).toString()) as SchedulerEvent;
          if (event.type !== "SUBSCRIBED") onEvent(event);
          else
            resolve({
              streamId: String(response.headers["mesos-stream-id"]),
              frameworkId: event.subscribed?.framework_id.value ?? "",
            });
        }
      });
      // A master that is killed breaks the stream off: that is part of the load.
      response.on("error", () => {});
    });
    subscription.on("error", reject);
    subscription.end(call);
  });
}
