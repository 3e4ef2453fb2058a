// Takes amounts out of an offer, as a scheduler does: parts of what is offered, in the very form in which it is offered.
import type { Resource } from "@mezzo/wire";

const THOUSANDTHS = 1000;

/** What is left of an offer. */
export class OfferedResources {
  #left: Resource[];

  constructor(resources: readonly Resource[]) {
    this.#left = [...resources];
  }

  /** What is left. */
  get left(): readonly Resource[] {
    return this.#left;
  }

  /** Cpus and memory together, or nothing. */
  take(cpus: number, mem: number): Resource[] | undefined {
    const before = this.#left;
    const taken = [this.#takeScalar("cpus", cpus), this.#takeScalar("mem", mem)];
    const [one, other] = taken;
    if (one !== undefined && other !== undefined) return [one, other];
    this.#left = before;
    return undefined;
  }

  /** Cpus, memory and disk together, or nothing. */
  takeWithDisk(cpus: number, mem: number, disk: number): Resource[] | undefined {
    const before = this.#left;
    const most = this.take(cpus, mem);
    const rest = this.#takeScalar("disk", disk);
    if (most !== undefined && rest !== undefined) return [...most, rest];
    this.#left = before;
    return undefined;
  }

  /** One port, if there is one. */
  takePort(): Resource | undefined {
    const entry = this.#left.find((resource) => resource.name === "ports");
    const [first, ...others] = entry?.ranges?.range ?? [];
    if (entry === undefined || first === undefined) return undefined;
    const rest = first.begin < first.end ? [{ begin: first.begin + 1, end: first.end }, ...others] : others;
    this.#replace(entry, rest.length === 0 ? undefined : { ...entry, ranges: { range: rest } });
    return { ...entry, ranges: { range: [{ begin: first.begin, end: first.begin }] } };
  }

  #takeScalar(name: string, amount: number): Resource | undefined {
    const wanted = Math.round(amount * THOUSANDTHS);
    for (const entry of this.#left) {
      const there = Math.round((entry.scalar?.value ?? 0) * THOUSANDTHS);
      if (entry.name !== name || there < wanted) continue;
      const left = (there - wanted) / THOUSANDTHS;
      this.#replace(entry, left === 0 ? undefined : { ...entry, scalar: { value: left } });
      return { ...entry, scalar: { value: wanted / THOUSANDTHS } };
    }
    return undefined;
  }

  #replace(entry: Resource, by: Resource | undefined): void {
    this.#left = this.#left.flatMap((one) => (one === entry ? (by ?? []) : [one]));
  }
}
