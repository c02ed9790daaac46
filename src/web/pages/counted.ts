import { filledIn } from '../../domain/filled-in.ts';

/** `1 issue`, `12 issues`: one phrase for one, another for any other number. */
export const counted = (n: number, one: string, many: string): string =>
  n === 1 ? one : filledIn(many, { n });
