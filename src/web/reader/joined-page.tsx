import { filledIn } from '../../domain/filled-in.ts';
import type { Instant } from '../../domain/instant.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import type { Reading } from '../../domain/reading.ts';
import { seriesPath } from '../pages/public-paths.ts';
import { nextIssueWords } from './next-issue-words.ts';
import { ReaderFrame } from './reader-frame.tsx';
import type { PageView } from '../pages/page-view.ts';

interface JoinedPageProps {
  readonly plan: SeriesPlan;
  readonly view: PageView;
  /** Of the reader's own page. */
  readonly path: string;
  /** Whether it was this press of the button that did it. */
  readonly isNew: boolean;
  readonly now: Instant;
  readonly reading: Reading | undefined;
}

/** Somebody is in: when the first issue comes, and where they can change their mind. */
export const JoinedPage = ({ plan, view, path, isNew, now, reading }: JoinedPageProps) => {
  const { reader } = view.words;
  const series = { series: plan.title };
  return (
    <ReaderFrame
      view={view}
      title={isNew ? reader.confirmedTitle : reader.alreadyTitle}
      eyebrow={plan.title}
      book={plan}
    >
      <p class="lead">{filledIn(isNew ? reader.confirmedText : reader.alreadyText, series)}</p>
      {reading?.state === 'active' && <p>{nextIssueWords(reading, now, view)}</p>}
      <p>{reader.ownPageText}</p>
      <p>
        <a class="button button-main" href={`${path}${view.asked}`}>
          {reader.ownPageLink}
        </a>
      </p>
      <p>
        <a href={`${seriesPath(plan.series)}${view.asked}`}>{filledIn(reader.backToSeries, series)}</a>
      </p>
    </ReaderFrame>
  );
};
