import { amount } from '../amount.ts';
import { plainText } from '../plain-text.ts';
import { cell, styled, type Line, type Paper, type Style } from '../styled-line.ts';
import type { SeriesReply } from './sight.ts';

const MOST = 12;
const REPLY = 12;

const STYLES: Readonly<Record<SeriesReply['kind'], Style>> = {
  deferred: 'yellow',
  rejected: 'red',
  uncertain: 'magenta',
};

/** Who was put off or refused with what, over all issues, most frequent first. */
export function replyLines(replies: readonly SeriesReply[], { columns }: Paper): Line[] {
  const groups = grouped(replies);
  if (groups.length === 0) return [];
  const width = Math.max(...groups.map(({ count }) => amount(count).length), 5);
  const shown = groups.slice(0, MOST);
  const rest = groups.slice(MOST).reduce((n, { count }) => n + count, 0);
  return [
    styled('bold', 'Put off, refused, in doubt'),
    ...shown.map(({ kind, reply, domain, count }): Line => [
      { text: `${cell(amount(count), width, 'right')}  ` },
      { text: `${cell(kind, 9)}  `, style: STYLES[kind] },
      { text: `${cell(plainText(reply), REPLY)}  ` },
      {
        text: cell(
          domain === '*' ? 'other domains' : plainText(domain),
          Math.max(8, columns - width - REPLY - 15),
        ).trimEnd(),
      },
    ]),
    ...(rest > 0
      ? [styled('dim', `${cell(amount(rest), width, 'right')}  others; \`partwork failures\` lists them`)]
      : []),
  ];
}

type Group = Pick<SeriesReply, 'kind' | 'reply' | 'domain' | 'count'>;

function grouped(replies: readonly SeriesReply[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { kind, reply, domain, count } of replies) {
    const key = [kind, reply, domain].join('\t');
    groups.set(key, { kind, reply, domain, count: count + (groups.get(key)?.count ?? 0) });
  }
  return [...groups.values()].toSorted((a, b) => b.count - a.count);
}
