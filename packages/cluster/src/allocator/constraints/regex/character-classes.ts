// The named classes of RE2's syntax: \d \w \s, [:alpha:] and Unicode properties.
import { type CharacterSet, type CodePointRange, setOfRanges } from "./regex-node.ts";

function ranges(...pairs: readonly string[]): CodePointRange[] {
  return pairs.map((pair) => [pair.codePointAt(0) ?? 0, pair.codePointAt(pair.length - 1) ?? 0]);
}

const PERL = new Map<string, CodePointRange[]>([
  ["d", ranges("09")],
  ["s", ranges("\t\n", "\f\r", "  ")],
  ["w", ranges("09", "AZ", "__", "az")],
]);

const POSIX = new Map<string, CodePointRange[]>([
  ["alnum", ranges("09", "AZ", "az")],
  ["alpha", ranges("AZ", "az")],
  ["ascii", ranges("\u0000\u007f")],
  ["blank", ranges("\t\t", "  ")],
  ["cntrl", ranges("\u0000\u001f", "\u007f\u007f")],
  ["digit", ranges("09")],
  ["graph", ranges("!~")],
  ["lower", ranges("az")],
  ["print", ranges(" ~")],
  ["punct", ranges("!/", ":@", "[`", "{~")],
  ["space", ranges("\t\r", "  ")],
  ["upper", ranges("AZ")],
  ["word", ranges("09", "AZ", "__", "az")],
  ["xdigit", ranges("09", "AF", "af")],
]);

/** The class of `\d`, `\D` and the like; undefined for other letters. */
export function perlClass(letter: string): CharacterSet | undefined {
  const lower = letter.toLowerCase();
  const found = PERL.get(lower);
  return found === undefined ? undefined : setOfRanges(found, letter !== lower);
}

/** The class of `[:alpha:]`, given as `alpha`, or `^alpha` for its complement; undefined when there is none. */
export function posixClass(name: string): CharacterSet | undefined {
  const negated = name.startsWith("^");
  const found = POSIX.get(negated ? name.slice(1) : name);
  return found === undefined ? undefined : setOfRanges(found, negated);
}

/** A Unicode class is a table of many ranges; this stands for them in the size of a program. */
const UNICODE_CLASS_SIZE = 20;

/** The class of `\p{Greek}` or `\pL`: a script or a general category; undefined when there is none. */
export function unicodeClass(name: string, negated: boolean): CharacterSet | undefined {
  if (!/^[A-Za-z_]{1,40}$/u.test(name)) return undefined;
  for (const property of [`Script=${name}`, `General_Category=${name}`]) {
    try {
      const pattern = new RegExp(`^\\p{${property}}$`, "u");
      const has = (codePoint: number): boolean => pattern.test(String.fromCodePoint(codePoint)) !== negated;
      return { has, size: UNICODE_CLASS_SIZE };
    } catch {
      // Not a name of this kind: the next kind, or none.
    }
  }
  return undefined;
}
