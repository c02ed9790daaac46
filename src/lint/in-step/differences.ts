import type { Letters, Range } from './letters.ts';

/** Letters that only one of two texts has, half open. */
export interface Difference {
  readonly in: 'first' | 'second';
  readonly start: number;
  readonly end: number;
}

interface Position {
  readonly first: number;
  readonly second: number;
}

/** So many letters alike in a row are taken for the same place in both texts. */
const ALIKE = 8;
/** How far ahead that place is looked for after a difference: further only when it is not found near. */
const REACHES = [64, 2_048, Infinity];
/** Enough to tell an optional run that is absent from one that is there. */
const LOOK_AHEAD = 4;

/**
 * Where two texts differ, in order, walking through both at once. Linear in their length but for what differs; letters that are
 * optional in one and absent from the other are no difference.
 */
export function differences(first: Letters, second: Letters): Difference[] {
  const found: Difference[] = [];
  let at: Position = { first: 0, second: 0 };
  while (at.first < first.letters.length || at.second < second.letters.length) {
    const next = afterOptional(first, second, at);
    if (next !== undefined) at = next;
    else if (first.letters[at.first] === second.letters[at.second]) {
      at = { first: at.first + 1, second: at.second + 1 };
    } else {
      const again = whereAlike(first.letters, second.letters, at);
      found.push(...between(first, second, at, again));
      at = again;
    }
  }
  return found;
}

/** Where to go on when an optional run begins here: behind it in both texts, or in the one that has it. */
function afterOptional(first: Letters, second: Letters, at: Position): Position | undefined {
  const firstEnd = first.optionalEnds.get(at.first);
  const secondEnd = second.optionalEnds.get(at.second);
  if (firstEnd !== undefined && !isBehind(first.letters.slice(at.first, firstEnd), second, at.second)) {
    const both = behind(first.letters, at.first, firstEnd, second.letters, at.second);
    return { first: firstEnd, second: both };
  }
  if (secondEnd === undefined) return undefined;
  const both = behind(second.letters, at.second, secondEnd, first.letters, at.first);
  return { first: both, second: secondEnd };
}

/** Whether a run comes after optional ones that begin here, as the headings of a table do after an image and the number of its item. */
function isBehind(run: string, { letters, optionalEnds }: Letters, at: number): boolean {
  if (letters.startsWith(run, at)) return false;
  for (let end = optionalEnds.get(at); end !== undefined; end = optionalEnds.get(end)) {
    if (letters.startsWith(run, end)) return true;
  }
  return false;
}

/** The position in `other` behind a run of `one`: further on when it is there as well, which what follows the run decides. */
function behind(one: string, start: number, end: number, other: string, at: number): number {
  const run = one.slice(start, end);
  const goesOn = one.slice(end, end + LOOK_AHEAD);
  const hasRun = other.startsWith(run, at);
  if (hasRun && other.startsWith(goesOn, at + run.length)) return at + run.length;
  if (goesOn !== '' && other.startsWith(goesOn, at)) return at;
  return hasRun ? at + run.length : at;
}

function whereAlike(first: string, second: string, at: Position): Position {
  for (const reach of REACHES) {
    const found = alikeWithin(first, second, at, reach);
    if (found !== undefined) return found;
  }
  return { first: first.length, second: second.length };
}

/** The nearest place at which both have the same letters, or both end. */
function alikeWithin(first: string, second: string, at: Position, reach: number): Position | undefined {
  const places = new Map<string, number>();
  const firstEnd = Math.min(at.first + reach, first.length);
  const secondEnd = Math.min(at.second + reach, second.length);
  for (let place = at.second; place <= secondEnd; place++) {
    const letters = second.slice(place, place + ALIKE);
    if (!places.has(letters)) places.set(letters, place);
  }
  let nearest: Position | undefined;
  let least = Infinity;
  for (let place = at.first; place <= firstEnd && place - at.first < least; place++) {
    const found = places.get(first.slice(place, place + ALIKE));
    if (found === undefined || place - at.first + found - at.second >= least) continue;
    nearest = { first: place, second: found };
    least = place - at.first + found - at.second;
  }
  return nearest;
}

/** What lies between two positions and is not optional. */
function between(first: Letters, second: Letters, from: Position, to: Position): Difference[] {
  const inFirst: Range = [from.first, to.first];
  const inSecond: Range = [from.second, to.second];
  return [
    ...needed(first, 'first', from.second === to.second ? slid(first.letters, inFirst) : inFirst),
    ...needed(second, 'second', from.first === to.first ? slid(second.letters, inSecond) : inSecond),
  ];
}

/** `two` and not `wot` is what "onethree" lacks of "onetwothree". Goes back less far than the last difference can be near. */
function slid(letters: string, [start, end]: Range): Range {
  let by = 0;
  while (by < ALIKE - 1 && start > by && letters[start - by - 1] === letters[end - by - 1]) by++;
  return [start - by, end - by];
}

function needed({ optionalEnds }: Letters, which: Difference['in'], [start, end]: Range): Difference[] {
  const found: Difference[] = [];
  let from = start;
  for (let at = start; at < end;) {
    const optionalEnd = optionalEnds.get(at);
    if (optionalEnd === undefined) at++;
    else {
      if (at > from) found.push({ in: which, start: from, end: at });
      from = at = Math.min(optionalEnd, end);
    }
  }
  if (end > from) found.push({ in: which, start: from, end });
  return found;
}
