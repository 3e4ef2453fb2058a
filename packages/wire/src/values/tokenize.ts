// The text splitting that Mesos' flags are defined by (stout's strings.hpp).

/** Splits at any of the delimiter characters and drops empty parts. */
export function tokenize(text: string, delimiters: string): string[] {
  const result: string[] = [];
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && !delimiters.includes(text[i]!)) continue;
    if (i > start) result.push(text.slice(start, i));
    start = i + 1;
  }
  return result;
}

/** Removes blanks, tabs and line ends at both ends: what stout calls whitespace. */
export function trim(text: string): string {
  return text.replace(/^[ \t\n\r]+|[ \t\n\r]+$/g, "");
}
