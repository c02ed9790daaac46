import type { ReplyCount } from '../../store/replies.ts';
import type { Figures, Reading } from './metric.ts';

/** A server that makes up a new code for every mail must not make up as many time series. */
const MOST_REPLIES = 50;
const OTHERS = 'others';

/** How often each kind of answer came in each series, over all issues and domains. */
export function repliesOf({ replies }: Figures): Reading[] {
  return [...replies].flatMap(([series, counts]) =>
    [...sumsOf(counts)].map(([key, count]): Reading => {
      const [kind = '', reply = ''] = key.split('\t');
      return [{ series, kind, reply }, count];
    }),
  );
}

/** By kind and reply. The most frequent ones come first, and keep their names. */
function sumsOf(counts: readonly ReplyCount[]): Map<string, number> {
  const exact = new Map<string, number>();
  for (const { kind, reply, count } of counts) add(exact, `${kind}\t${reply}`, count);
  const sums = new Map<string, number>();
  const frequent = [...exact].toSorted(([, a], [, b]) => b - a);
  frequent.forEach(([key, count], index) => {
    const [kind = ''] = key.split('\t');
    add(sums, index < MOST_REPLIES ? key : `${kind}\t${OTHERS}`, count);
  });
  return sums;
}

const add = (sums: Map<string, number>, key: string, count: number): void =>
  void sums.set(key, (sums.get(key) ?? 0) + count);
