// Colours and styles of a terminal, or none of them.

/** What can be told apart on the screen. */
export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "blue" | "magenta" | "cyan";

/** Puts a text into a style; without colours the text stays as it is. */
export type Paint = (text: string, style: Style) => string;

/** Codes of ECMA-48 (select graphic rendition). */
const CODES: Readonly<Record<Style, number>> = {
  bold: 1,
  dim: 2,
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
};

/** For files, pipes, and people who set NO_COLOR. */
export const plain: Paint = (text) => text;

/** For terminals. */
export const colored: Paint = (text, style) => (text === "" ? "" : `\u001b[${CODES[style]}m${text}\u001b[0m`);
