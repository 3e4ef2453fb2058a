// The allocator's own random numbers. They are part of its state, so that a copy of the state goes on exactly as the original
// would: what is explained is what happens.

export interface Dice {
  seed: number;
}

const TWO_TO_32 = 2 ** 32;

/** Dice that fall as `random`, a number in [0, 1), tells them to. */
export function createDice(random: number): Dice {
  return { seed: Math.floor(random * TWO_TO_32) };
}

/** The next number in [0, 1): mulberry32, which is fair enough to shuffle with. */
export function roll(dice: Dice): number {
  dice.seed = (dice.seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(dice.seed ^ (dice.seed >>> 15), dice.seed | 1);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / TWO_TO_32;
}
