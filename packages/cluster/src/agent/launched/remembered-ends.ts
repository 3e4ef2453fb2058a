// How nested containers ended, for those who ask later.
import type { ContainerStore } from "./container-store.ts";
import type { ContainerEnd } from "./launched-container.ts";

/** Ends below one root before the oldest are forgotten: an executor that starts containers without end removes them. */
const MAX_ENDS_PER_ROOT = 1000;

/** By root, so that they go with it. What is forgotten here is removed from the store too. */
export class RememberedEnds {
  readonly #store: ContainerStore;
  readonly #roots = new Map<string, Map<string, ContainerEnd>>();

  constructor(store: ContainerStore) {
    this.#store = store;
  }

  add(root: string, { name, end }: { name: string; end: ContainerEnd }): void {
    const ends = this.#roots.get(root) ?? new Map<string, ContainerEnd>();
    this.#roots.set(root, ends);
    ends.set(name, end);
    this.#store.saveEnd(name, end);
    const [oldest] = ends.keys();
    if (ends.size > MAX_ENDS_PER_ROOT && oldest !== undefined) this.forget(root, oldest);
  }

  find(root: string, name: string): ContainerEnd | undefined {
    return this.#roots.get(root)?.get(name);
  }

  forget(root: string, name: string): void {
    const ends = this.#roots.get(root);
    if (ends?.delete(name) !== true) return;
    this.#store.remove(name);
    if (ends.size === 0) this.#roots.delete(root);
  }

  /** Drops all roots that are gone. */
  forgetUnless(exists: (root: string) => boolean): void {
    for (const [root, ends] of this.#roots) {
      if (exists(root)) continue;
      this.#roots.delete(root);
      for (const name of ends.keys()) this.#store.remove(name);
    }
  }
}
