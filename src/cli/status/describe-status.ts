import type { Present } from '../../domain/overview.ts';
import type { SeriesStatus } from '../../domain/series-status.ts';
import { amountOf } from '../amount.ts';
import { plainText } from '../plain-text.ts';
import { fitted, styled, wrapped, type Line, type Paper } from '../styled-line.ts';
import { answerOf } from './answer.ts';
import { concernLines } from './concerns.ts';
import { describeSeries } from './describe-series.ts';
import { PARTS, partNames } from './progress-bar.ts';

/** The answer first, then what needs attention, then each series, then who works. */
export function describeStatus(present: Present, paper: Paper): Line[] {
  const lines = [
    ...answerLines(present.series, paper),
    ...concernLines(present.series, paper),
    ...present.series.flatMap((status): Line[] => [[], ...describeSeries(status, paper)]),
    [],
    ...legend(present.series, paper),
    ...machineLines(present, paper),
  ];
  return lines.map((line) => fitted(line, paper.columns));
}

export function answerLines(all: readonly SeriesStatus[], { columns }: Paper): Line[] {
  return all.flatMap((status) => {
    const whose = all.length > 1 ? `${plainText(status.plan.title)}: ` : '';
    return wrapped(whose + answerOf(status), columns, { rest: 2 }).map((line) => styled('bold', line));
  });
}

/** A space at which no line ends. */
const JOINED = '\u00a0';

/** What the bars are made of, as far as there is more than done and to do. */
export function legend(all: readonly SeriesStatus[], paper: Paper): Line[] {
  const there = partNames.filter((part) => all.some(({ issues }) => issues.some((issue) => issue[part] > 0)));
  if (there.every((part) => part === 'accepted' || part === 'waiting')) return [];
  const words = there.map(
    (part) => `${paper.blocks ? PARTS[part].block : PARTS[part].ascii}${JOINED}${part}`,
  );
  return wrapped(words.join('   '), paper.columns).map((line) =>
    styled('dim', line.replaceAll(JOINED, ' ').trimStart()),
  );
}

/** Who sends, and what the mail server says. */
export function machineLines({ workers, trouble }: Present, { columns }: Paper): Line[] {
  const names = workers.map(
    ({ id, connections }) => `${plainText(id)} (${amountOf(connections, 'connection')})`,
  );
  const who =
    workers.length === 0
      ? `${whoSends(0)}: \`partwork up\` or \`partwork work\` does.`
      : `${whoSends(workers.length)}: ${names.join(', ')}`;
  return [
    ...wrapped(who, columns, { rest: 2 }).map((line) => styled('dim', line)),
    ...(trouble === undefined
      ? []
      : wrapped(`The mail server: ${plainText(trouble, 1_000)}`, columns, { rest: 2 }).map((line) =>
          styled('red', line),
        )),
  ];
}

export function whoSends(workers: number): string {
  if (workers === 0) return 'Nobody sends';
  return workers === 1 ? '1 process sends' : `${workers} processes send`;
}
