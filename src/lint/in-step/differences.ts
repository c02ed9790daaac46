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
/** In steps from one letter to the next. Only a text that says the same again and again has so many ways through it. */
const LONGEST_SEARCH = 300_000;

/**
 * Where two texts differ, in order. Letters that are optional in one and absent from the other are no difference. Linear in their
 * length but for what differs.
 */
export function differences(first: Letters, second: Letters): Difference[] {
  const found: Difference[] = [];
  let at = farthestAlike(first, second, { first: 0, second: 0 });
  while (!isEnd(first, second, at)) {
    const again = whereAlike(first.letters, second.letters, at);
    found.push(...between(first, second, at, again));
    at = farthestAlike(first, second, again);
  }
  return found;
}

/**
 * How far both are alike. Where an optional run begins, nothing near tells whether the other text has it too: the number 3 of an
 * item may stand before 3,000. So every such place is a fork, and when a way ends, the one left out last is taken.
 */
function farthestAlike(first: Letters, second: Letters, from: Position): Position {
  let farthest = from;
  const forks = new Set<number>();
  const ways = [from];
  for (let steps = 0, at = ways.pop(); at !== undefined && steps < LONGEST_SEARCH; steps++, at = ways.pop()) {
    if (isEnd(first, second, at)) return at;
    if (at.first + at.second > farthest.first + farthest.second) farthest = at;
    const skips = behindOptional(first, second, at);
    if (skips.length > 0) {
      const fork = at.first * (second.letters.length + 1) + at.second;
      if (forks.has(fork)) continue;
      forks.add(fork);
      ways.push(...skips);
    }
    if (first.letters[at.first] === second.letters[at.second]) {
      ways.push({ first: at.first + 1, second: at.second + 1 });
    }
  }
  return farthest;
}

/** Behind the optional runs that begin here, in each text alone. */
function behindOptional(first: Letters, second: Letters, at: Position): Position[] {
  const inFirst = first.optionalEnds.get(at.first);
  const inSecond = second.optionalEnds.get(at.second);
  return [
    ...(inFirst === undefined ? [] : [{ ...at, first: inFirst }]),
    ...(inSecond === undefined ? [] : [{ ...at, second: inSecond }]),
  ];
}

const isEnd = (first: Letters, second: Letters, at: Position): boolean =>
  at.first === first.letters.length && at.second === second.letters.length;

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
