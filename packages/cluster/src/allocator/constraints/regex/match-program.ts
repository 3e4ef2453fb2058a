// Runs a program over a text: all states at once, one step a character.
import type { Program } from "./program.ts";
import type { Assertion } from "./regex-node.ts";

const NEWLINE = "\n";

function isWord(character: string | undefined): boolean {
  return character !== undefined && /^[0-9A-Za-z_]$/u.test(character);
}

function holds(assertion: Assertion, characters: readonly string[], position: number): boolean {
  const before = characters[position - 1];
  const after = characters[position];
  switch (assertion) {
    case "text-start":
      return position === 0;
    case "text-end":
      return after === undefined;
    case "line-start":
      return before === undefined || before === NEWLINE;
    case "line-end":
      return after === undefined || after === NEWLINE;
    case "word-boundary":
      return isWord(before) !== isWord(after);
    case "no-word-boundary":
      return isWord(before) === isWord(after);
    default:
      return assertion satisfies never;
  }
}

/** The states reachable without taking a character; each is entered once, so that empty loops end. */
function follow(
  program: Program,
  states: Iterable<number>,
  at: { characters: readonly string[]; position: number },
): Set<number> {
  const reached = new Set<number>();
  const open = [...states];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (reached.has(state)) continue;
    reached.add(state);
    const instruction = program.instructions[state];
    if (instruction?.kind === "split") open.push(instruction.next, instruction.other);
    else if (instruction?.kind === "assertion" && holds(instruction.assertion, at.characters, at.position)) {
      open.push(instruction.next);
    }
  }
  return reached;
}

/** Whether the program matches the whole text. */
export function matchesWhole(program: Program, text: string): boolean {
  const characters = Array.from(text);
  let states = follow(program, [program.start], { characters, position: 0 });
  for (let position = 0; position < characters.length && states.size > 0; position++) {
    const codePoint = characters[position]?.codePointAt(0) ?? 0;
    const next: number[] = [];
    for (const state of states) {
      const instruction = program.instructions[state];
      if (instruction?.kind === "character" && instruction.set.has(codePoint)) next.push(instruction.next);
    }
    states = follow(program, next, { characters, position: position + 1 });
  }
  return [...states].some((state) => program.instructions[state]?.kind === "match");
}
