import type { Instant } from '../../domain/instant.ts';
import type { Reading } from '../../domain/reading.ts';
import { ButtonForm } from '../pages/button-form.tsx';
import type { PageView } from '../pages/page-view.ts';
import { isSoon, nextIssueWords } from './next-issue-words.ts';

interface NextSectionProps {
  readonly reading: Reading;
  readonly now: Instant;
  readonly view: PageView;
  /** Of the reader's own page. */
  readonly path: string;
}

/** What comes next and when, and how to have it now. */
export const NextSection = ({ reading, now, view, path }: NextSectionProps) => {
  const { reader } = view.words;
  const isResting = reading.pausedUntil !== undefined;
  return (
    <section class="act-next">
      <h2>{reader.nextTitle}</h2>
      <p class="lead">{nextIssueWords(reading, now, view)}</p>
      <div class="buttons">
        {isResting && <ButtonForm action={`${path}/resume${view.asked}`} label={reader.resumeButton} />}
        {canComeNow(reading, now) && (
          <ButtonForm
            action={`${path}/next${view.asked}`}
            label={reader.sendNextButton}
            kind={isResting ? 'plain' : 'main'}
          />
        )}
      </div>
    </section>
  );
};

function canComeNow(reading: Reading, now: Instant): boolean {
  const { next, seriesState, pausedUntil } = reading;
  if (next === undefined || !next.isReleased || next.isUnderWay || seriesState !== 'running') return false;
  return pausedUntil !== undefined || !isSoon(next.dueAt, now);
}
