/** The letters and digits of a text, one after another: what is left when layout, punctuation and marks are taken away. */
export interface Letters {
  readonly letters: string;
  readonly source: string;
  /** Where in `source` each of them stands. */
  readonly origins: readonly number[];
  /** Ends of runs that the other part may lack, by where in `letters` they start. */
  readonly optionalEnds: ReadonlyMap<number, number>;
}

/** A range of a text, half open. */
export type Range = readonly [start: number, end: number];

const RUN = /[\p{L}\p{N}\p{M}]+/gu;

/** A text → its letters; `optional` ranges are in order and do not overlap. */
export function lettersOf(source: string, optional: readonly Range[]): Letters {
  const origins: number[] = [];
  let letters = '';
  for (const { 0: run, index } of source.matchAll(RUN)) {
    letters += run;
    for (let offset = 0; offset < run.length; offset++) origins.push(index + offset);
  }
  return { letters, source, origins, optionalEnds: endsByStart(origins, optional) };
}

function endsByStart(origins: readonly number[], optional: readonly Range[]): Map<number, number> {
  const ends = new Map<number, number>();
  let at = 0;
  for (const [start, end] of optional) {
    while (at < origins.length && (origins[at] ?? 0) < start) at++;
    const first = at;
    while (at < origins.length && (origins[at] ?? 0) < end) at++;
    if (at > first) ends.set(first, at);
  }
  return ends;
}

/** What stands in the source behind some letters, widened to whole words. */
export function wordsAt({ source, origins }: Letters, start: number, end: number): string {
  let from = origins[start] ?? source.length;
  let to = (origins[end - 1] ?? from - 1) + 1;
  while (isInWord(source, from)) from--;
  while (isInWord(source, to)) to++;
  return source.slice(from, to);
}

/** Languages written without spaces have no words to widen to. */
const isInWord = (source: string, at: number): boolean =>
  isSpelt(source.charAt(at - 1)) && isSpelt(source.charAt(at));

const isSpelt = (character: string): boolean =>
  /^[\p{L}\p{N}\p{M}]$/u.test(character) &&
  !/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]$/u.test(character);
