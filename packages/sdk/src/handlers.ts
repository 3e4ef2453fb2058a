// Handlers by event name, called in the order they were added.

/** What a handler may return: nothing, or a promise to wait for before the next event. */
export type Handler<Payload> = (payload: Payload) => void | Promise<void>;

/** Handlers of a map of event names to payloads. */
export class Handlers<Events extends object> {
  readonly #handlers = new Map<keyof Events, Handler<never>[]>();

  add<Name extends keyof Events>(name: Name, handler: Handler<Events[Name]>): void {
    const list = this.#handlers.get(name) ?? [];
    list.push(handler);
    this.#handlers.set(name, list);
  }

  /** Calls the handlers of an event; a promise only if one of them returned one. */
  call<Name extends keyof Events>(name: Name, payload: Events[Name]): void | Promise<void> {
    const promises: Promise<void>[] = [];
    for (const handler of this.#handlers.get(name) ?? []) {
      const result = (handler as Handler<Events[Name]>)(payload);
      if (result !== undefined) promises.push(result);
    }
    return promises.length === 0 ? undefined : Promise.all(promises).then(() => undefined);
  }
}
