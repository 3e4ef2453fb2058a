// The shape of a parsed regular expression.

/** A place between two characters. */
export type Assertion =
  | "text-start"
  | "text-end"
  | "line-start"
  | "line-end"
  | "word-boundary"
  | "no-word-boundary";

export type RegexNode =
  | { readonly kind: "empty" }
  | { readonly kind: "character"; readonly set: CharacterSet }
  | { readonly kind: "assertion"; readonly assertion: Assertion }
  | { readonly kind: "sequence"; readonly nodes: readonly RegexNode[] }
  | { readonly kind: "choice"; readonly nodes: readonly RegexNode[] }
  | { readonly kind: "repeat"; readonly node: RegexNode; readonly min: number; readonly max: number };

/** Which characters may stand at one place. */
export interface CharacterSet {
  has(codePoint: number): boolean;
  /** Instructions it takes: one a range. */
  readonly size: number;
}

/** Code points, both ends included. */
export type CodePointRange = readonly [first: number, last: number];

const LAST_ASCII = 0x7f;

/** A set of ranges, or of everything else. Characters beyond ASCII take more instructions, as their bytes do in RE2. */
export function setOfRanges(ranges: readonly CodePointRange[], negated = false): CharacterSet {
  const isWide = negated || ranges.some(([, last]) => last > LAST_ASCII);
  return {
    has: (codePoint) => ranges.some(([first, last]) => codePoint >= first && codePoint <= last) !== negated,
    size: Math.max(ranges.length, 1) + (isWide ? 3 : 0),
  };
}

/** The set of one character, in both cases if asked for. */
export function setOfCharacter(codePoint: number, ignoreCase: boolean): CharacterSet {
  if (!ignoreCase) return setOfRanges([[codePoint, codePoint]]);
  const character = String.fromCodePoint(codePoint);
  const cases = new Set([character, character.toLowerCase(), character.toUpperCase()]);
  const single = [...cases].filter((variant) => Array.from(variant).length === 1);
  return setOfRanges(single.map((variant) => [variant.codePointAt(0) ?? 0, variant.codePointAt(0) ?? 0]));
}

/** The union of sets, or its complement; in both cases of every letter if asked for. */
export function unionOfSets(
  sets: readonly CharacterSet[],
  options: { negated: boolean; ignoreCase: boolean },
): CharacterSet {
  const has = (codePoint: number): boolean => sets.some((set) => set.has(codePoint));
  const hasEitherCase = (codePoint: number): boolean => {
    if (has(codePoint)) return true;
    const character = String.fromCodePoint(codePoint);
    return (
      has(character.toLowerCase().codePointAt(0) ?? 0) || has(character.toUpperCase().codePointAt(0) ?? 0)
    );
  };
  const test = options.ignoreCase ? hasEitherCase : has;
  return {
    has: (codePoint) => test(codePoint) !== options.negated,
    size: sets.reduce((sum, set) => sum + set.size, 0) + (options.negated ? 3 : 0),
  };
}
