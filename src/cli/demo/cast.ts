import type { Series } from '../../domain/series.ts';
import type { MailHead } from '../../mail/read-inbox.ts';

/** One reader of the demo: who, what they read, and how long after the start they come. */
export interface DemoReader {
  readonly address: string;
  readonly series: string;
  readonly afterMs: number;
}

/** Everything the demo is to deliver. */
export interface Cast {
  readonly series: readonly Series[];
  readonly readers: readonly DemoReader[];
}

/** Three readers of every series, who come on three days. */
export function castFor(series: readonly Series[], dayMs: number): Cast {
  return {
    series,
    readers: series.flatMap(({ id }) =>
      ['monday', 'tuesday', 'wednesday'].map((name, day) => ({
        address: `${name}@example.com`,
        series: id,
        afterMs: day * dayMs,
      })),
    ),
  };
}

export const mailsDue = ({ series, readers }: Cast): number =>
  readers.reduce(
    (sum, reader) => sum + (series.find(({ id }) => id === reader.series)?.issues.length ?? 0),
    0,
  );

/** Whether a mail is an issue for one of the cast: visitors subscribe, too, and letters are nobody's issue. */
export const isOfPlay = ({ readers }: Cast, { to, listId }: Pick<MailHead, 'to' | 'listId'>): boolean =>
  listId !== '' && readers.some(({ address }) => to.includes(address));
