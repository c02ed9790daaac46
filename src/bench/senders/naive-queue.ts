/** A job of the naive product: everything about a reader is in it, as one writes it the first time. */
export interface NaiveJob {
  readonly n: number;
  readonly email: string;
  readonly name: string;
}

export const NAIVE_QUEUE = 'naive';
/** One hash tag for all of its keys, and none of the product's. */
export const NAIVE_PREFIX = '{bench}';
