import { filledIn } from '../../domain/filled-in.ts';
import { directionOf } from '../../domain/locale.ts';
import type { ReleasedIssue } from '../../domain/released-issues.ts';
import { counted } from './counted.ts';
import type { IssueFacts } from './issue-facts.ts';
import type { PageView } from './page-view.ts';
import { issuePath } from './public-paths.ts';
import { shownDay } from './shown-time.ts';
import type { ShownSeries } from './shown-series.ts';

/** A released issue with what a list says of it. */
export interface ListedIssue extends ReleasedIssue {
  readonly facts: IssueFacts;
}

interface IssueRowsProps {
  readonly view: PageView;
  readonly shown: ShownSeries;
  readonly issues: readonly ListedIssue[];
}

/** A series' table of contents: what has come out, and how much is to come, of which nothing else is said. */
export const IssueRows = ({ view, shown, issues }: IssueRowsProps) => {
  const { pages } = view.words;
  return (
    <>
      {issues.length === 0 && <p>{pages.noneReleased}</p>}
      <ol class="contents">
        {issues.map((issue) => (
          <Row view={view} shown={shown} issue={issue} />
        ))}
      </ol>
      <ToCome view={view} shown={shown} />
    </>
  );
};

const Row = ({ view, shown: { plan }, issue }: Omit<IssueRowsProps, 'issues'> & { issue: ListedIssue }) => {
  const { locale, words, asked } = view;
  const { language } = plan.about;
  const { title, date = issue.releasedAt, readingMinutes } = issue.facts;
  return (
    <li>
      <span class="contents-number" aria-hidden="true">
        {issue.number}
      </span>
      <a href={issuePath(plan.series, issue.id) + asked} lang={language} dir={directionOf(language)}>
        {title}
      </a>
      <span class="contents-facts">
        <time datetime={new Date(date).toISOString()}>{shownDay(date, plan.cadence.timezone, locale)}</time>
        <span>{filledIn(words.pages.readingTime, { minutes: readingMinutes })}</span>
      </span>
    </li>
  );
};

const ToCome = ({ view, shown }: Omit<IssueRowsProps, 'issues'>) => {
  const { locale, words } = view;
  const { plan, total, released, nextReleaseAt } = shown;
  const toCome = total - released.length;
  if (toCome === 0) return null;
  const isDated = nextReleaseAt !== undefined && plan.state === 'running';
  const date = isDated ? shownDay(nextReleaseAt, plan.cadence.timezone, locale) : '';
  return (
    <p class="to-come">
      {counted(toCome, words.pages.moreOne, words.pages.moreMany)}
      {isDated && <span>{filledIn(words.pages.nextOn, { date })}</span>}
    </p>
  );
};
