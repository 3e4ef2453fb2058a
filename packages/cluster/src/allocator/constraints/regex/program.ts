// A regular expression as a program for a machine that follows all its ways at once: time grows with the text's length,
// never exponentially, whatever a framework writes. (Thompson's construction, as in RE2.)
import type { Assertion, CharacterSet, RegexNode } from "./regex-node.ts";

type Instruction =
  | { readonly kind: "character"; readonly set: CharacterSet; readonly next: number }
  | { readonly kind: "assertion"; readonly assertion: Assertion; readonly next: number }
  | { readonly kind: "split"; readonly next: number; readonly other: number }
  | { readonly kind: "match" };

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly start: number;
}

/** RE2 adds a failing and a matching instruction and one that skips text before a match. */
const FIXED_INSTRUCTIONS = 3;

/** The number of instructions a node takes, without building them: repetitions multiply. */
function sizeOf(node: RegexNode): number {
  switch (node.kind) {
    case "empty":
      return 0;
    case "character":
      return node.set.size;
    case "assertion":
      return 1;
    case "sequence":
      return node.nodes.reduce((sum, child) => sum + sizeOf(child), 0);
    case "choice":
      return node.nodes.reduce((sum, child) => sum + sizeOf(child), node.nodes.length - 1);
    case "repeat":
      return sizeOf(node.node) * repetitionsOf(node) + (node.max > node.min ? 1 : 0);
    default:
      return node satisfies never;
  }
}

function repetitionsOf({ min, max }: { min: number; max: number }): number {
  return Number.isFinite(max) ? max : Math.max(min, 1);
}

/** The size that is compared with the limit; near to RE2's, which counts the bytes of UTF-8. */
export function programSize(node: RegexNode): number {
  return sizeOf(node) + FIXED_INSTRUCTIONS;
}

/** Builds from the end: every node is told where to go on, and returns where it starts. */
class Builder {
  readonly instructions: Instruction[] = [];

  #add(instruction: Instruction): number {
    this.instructions.push(instruction);
    return this.instructions.length - 1;
  }

  match(): number {
    return this.#add({ kind: "match" });
  }

  build(node: RegexNode, next: number): number {
    switch (node.kind) {
      case "empty":
        return next;
      case "character":
        return this.#add({ kind: "character", set: node.set, next });
      case "assertion":
        return this.#add({ kind: "assertion", assertion: node.assertion, next });
      case "sequence":
        return node.nodes.reduceRight((after, child) => this.build(child, after), next);
      case "choice":
        return node.nodes
          .map((child) => this.build(child, next))
          .reduceRight((other, start) => this.#add({ kind: "split", next: start, other }));
      case "repeat":
        return this.#repeat(node, next);
      default:
        return node satisfies never;
    }
  }

  #repeat({ node, min, max }: { node: RegexNode; min: number; max: number }, next: number): number {
    let start = next;
    if (Number.isFinite(max)) {
      for (let optional = max - min; optional > 0; optional--) {
        start = this.#add({ kind: "split", next: this.build(node, start), other: next });
      }
    } else {
      start = this.#loop(node, next);
    }
    for (let required = min; required > 0; required--) start = this.build(node, start);
    return start;
  }

  /** Any number of times: the body goes on at the split before it. */
  #loop(node: RegexNode, next: number): number {
    const split = this.#add({ kind: "split", next, other: next });
    this.instructions[split] = { kind: "split", next: this.build(node, split), other: next };
    return split;
  }
}

/** Builds the program of a parsed pattern; check `programSize` first, for this takes the memory it says. */
export function buildProgram(node: RegexNode): Program {
  const builder = new Builder();
  const start = builder.build(node, builder.match());
  return { instructions: builder.instructions, start };
}
