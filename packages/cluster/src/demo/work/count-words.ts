// Counts words: the map function of the demonstration, and what its reduce function adds up.

export type WordCounts = Map<string, number>;

/** Letters with digits, underscores and apostrophes inside; shorter ones say nothing about a text. */
const WORD = /\p{L}[\p{L}\p{N}_']*\p{L}/gu;

/** Longer runs of letters are encoded data, not words. */
const MAX_WORD_LENGTH = 32;

/** Adds the words of a text, in lower case, to the counts. */
export function countWords(text: string, counts: WordCounts): void {
  for (const [match] of text.matchAll(WORD)) {
    if (match.length > MAX_WORD_LENGTH) continue;
    const word = match.toLowerCase();
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
}

/** Which of `partitions` reduce tasks adds up a word: the same one for every map task. */
export function partitionOf(word: string, partitions: number): number {
  let hash = 0;
  for (let i = 0; i < word.length; i++) hash = (Math.imul(hash, 31) + word.charCodeAt(i)) | 0;
  return Math.abs(hash % partitions);
}

/** The `limit` most frequent words, the most frequent first, equal ones by the alphabet. */
export function mostFrequent(counts: WordCounts, limit: number): [word: string, count: number][] {
  return [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, limit);
}
