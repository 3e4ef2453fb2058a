// Randomness that a seed repeats: the only source of chance and of ids in a simulation.
import type { Random } from "../../../cluster/src/core/random.ts";

const TWO_TO_32 = 2 ** 32;

/** FNV-1a of a text, 32 bits: turns a seed and a name into where a generator starts. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** The sfc32 generator (Chris Doty-Humphrey, PractRand): small, fast, a period beyond any simulation. */
export class SeededRandom implements Random {
  readonly #name: string;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** Equal names give equal numbers. */
  constructor(name: string) {
    this.#name = name;
    this.#a = hashText(name);
    this.#b = hashText(`${name}/b`);
    this.#c = hashText(`${name}/c`);
    for (let round = 0; round < 12; round++) this.#next32();
  }

  /** A generator of its own for a part: what one part draws does not move the others. */
  fork(part: string): SeededRandom {
    return new SeededRandom(`${this.#name}/${part}`);
  }

  next(): number {
    return this.#next32() / TWO_TO_32;
  }

  uuid(): string {
    const hex = [0, 1, 2, 3].map(() => this.#next32().toString(16).padStart(8, "0")).join("");
    const variant = "89ab"[(Number.parseInt(hex[16] ?? "0", 16) & 3) % 4];
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A number in [low, high). */
  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** A whole number from low to high, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** One of the items; throws a RangeError when there is none. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError("Cannot pick an item: there is none");
    return items[this.integer(0, items.length - 1)]!;
  }

  /** A waiting time with the given mean, as between independent events. */
  exponential(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }

  #next32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return sum >>> 0;
  }
}
