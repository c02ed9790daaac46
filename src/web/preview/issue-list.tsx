import type { ListedIssue, ListedSeries, PreviewOverview } from '../../domain/preview.ts';
import { isError, type Problem } from '../../domain/problem.ts';
import { issuePath, withView, type PreviewView } from './preview-view.ts';

/** Which issue is being looked at. */
export interface Chosen {
  readonly series: string;
  readonly issue: string;
}

interface ListProps {
  readonly overview: PreviewOverview;
  readonly view: PreviewView;
  readonly chosen: Chosen | undefined;
}

/** Every series with its issues and what is wrong with them. */
export const IssueList = ({ overview, view, chosen }: ListProps) => (
  <nav aria-label="Issues">
    {overview.series.map((series) => (
      <SeriesSection series={series} view={view} chosen={chosen} />
    ))}
    <p class="everything">
      <a href="/problems" aria-current={chosen === undefined ? 'page' : undefined}>
        All problems
        <ProblemCount problems={allProblems(overview)} />
      </a>
    </p>
  </nav>
);

const SeriesSection = ({
  series: { id, title, language, issues, problems, leftOut },
  view,
  chosen,
}: Omit<ListProps, 'overview'> & { series: ListedSeries }) => (
  <section>
    <h2>
      <span lang={language}>{title}</span>
      <ProblemCount problems={problems} />
    </h2>
    {issues.length === 0 && <p class="quiet">No issues yet.</p>}
    <ol lang={language}>
      {issues.map((issue) => (
        <li>
          <IssueLink
            issue={issue}
            href={withView(issuePath(id, issue.id), view)}
            isChosen={chosen?.series === id && chosen.issue === issue.id}
          />
        </li>
      ))}
    </ol>
    {leftOut.length > 0 && (
      <details class="quiet">
        <summary>{leftOut.length} left out</summary>
        <ul>
          {leftOut.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
      </details>
    )}
  </section>
);

const IssueLink = ({ issue, href, isChosen }: { issue: ListedIssue; href: string; isChosen: boolean }) => (
  <a href={href} aria-current={isChosen ? 'page' : undefined}>
    <span class="number">{issue.number}</span>
    <span class="name">{issue.title || issue.id}</span>
    {issue.problems === undefined ? (
      <span class="unseen" title="Not composed yet" />
    ) : (
      <ProblemCount problems={issue.problems} />
    )}
  </a>
);

/** How many errors and warnings; nothing when there are none. */
export const ProblemCount = ({ problems }: { problems: readonly Problem[] }) => {
  const errors = problems.filter(isError).length;
  const warnings = problems.length - errors;
  return (
    <>
      {errors > 0 && <Count kind="error" count={errors} />}
      {warnings > 0 && <Count kind="warning" count={warnings} />}
    </>
  );
};

const Count = ({ kind, count }: { kind: Problem['severity']; count: number }) => (
  <span class={`count ${kind}`}>
    {count}
    <span class="unseeable" lang="en">{` ${kind}${count === 1 ? '' : 's'}`}</span>
  </span>
);

/** Everything that is known to be wrong, settings first. */
export const allProblems = ({ settings, problems, series }: PreviewOverview): Problem[] => [
  ...settings,
  ...problems,
  ...series.flatMap((one) => [...one.problems, ...one.issues.flatMap((issue) => issue.problems ?? [])]),
];
