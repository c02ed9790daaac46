import { filledIn } from '../../domain/filled-in.ts';
import type { Reading } from '../../domain/reading.ts';
import { issuePath } from '../pages/public-paths.ts';
import type { PageView } from '../pages/page-view.ts';
import { shownDay } from '../pages/shown-time.ts';

interface ProgressProps {
  readonly reading: Reading;
  readonly view: PageView;
}

type ReadIssue = Reading['issues'][number];

/** How far a reader is: a picture of the series, the same in a sentence, and every issue by name. */
export const Progress = ({ reading, view }: ProgressProps) => {
  const { reader } = view.words;
  return (
    <section>
      <h2>{reader.progressTitle}</h2>
      <ProgressPicture issues={reading.issues} />
      <p>{progressWords(reading, view)}</p>
      <details>
        <summary>{reader.issueList}</summary>
        <ol class="progress-list" lang={reading.about.language}>
          {reading.issues.map((issue) => (
            <li class={`progress-${issue.state}`}>
              <span class="progress-number">{issue.number}</span>
              <IssueName {...{ issue, reading, view }} />{' '}
              <span class="progress-state" lang={view.locale}>
                {stateWords(issue, reading, view)}
              </span>
            </li>
          ))}
        </ol>
      </details>
    </section>
  );
};

const WIDTH = 1000;
const GAP = 4;
/** With more issues than this there is no gap to see between them. */
const MOST_WITH_GAPS = 60;

/** One bar of a segment for each issue; the sentence after it says the same. */
const ProgressPicture = ({ issues }: Pick<Reading, 'issues'>) => {
  const step = WIDTH / Math.max(1, issues.length);
  const gap = issues.length > MOST_WITH_GAPS ? 0 : GAP;
  return (
    <svg class="progress" viewBox={`0 0 ${WIDTH} 24`} preserveAspectRatio="none" aria-hidden="true">
      {issues.map(({ state }, index) => (
        <rect
          class={`progress-${state}`}
          x={(index * step).toFixed(2)}
          width={Math.max(1, step - gap).toFixed(2)}
          height="24"
          rx={gap}
        />
      ))}
    </svg>
  );
};

function progressWords({ issues }: Reading, { words: { reader } }: PageView): string {
  const had = issues.filter(({ state }) => state === 'had').length;
  const all = issues.length;
  if (had === 0) return reader.progressNone;
  return filledIn(had === all ? reader.progressAll : reader.progressSome, { had, all });
}

/** What is not out yet has only its number: its name would give it away. */
const IssueName = ({ issue, reading, view }: ProgressProps & { issue: ReadIssue }) =>
  issue.isReleased ? (
    <a href={`${issuePath(reading.owner.series, issue.id)}${view.asked}`}>{issue.title}</a>
  ) : (
    <span lang={issue.title === '' ? view.locale : undefined}>
      {issue.title || filledIn(view.words.reader.partNumber, { n: issue.number })}
    </span>
  );

function stateWords(
  { state, at }: ReadIssue,
  { timezone }: Reading,
  { words: { reader }, locale }: PageView,
) {
  if (state === 'had') {
    return at === undefined
      ? reader.issueHadUndated
      : filledIn(reader.issueHad, { date: shownDay(at, timezone, locale) });
  }
  return { next: reader.issueNext, ahead: reader.issueAhead, missed: reader.issueMissed }[state];
}
