import { filledIn } from '../../domain/filled-in.ts';
import { directionOf } from '../../domain/locale.ts';
import type { ListedIssue } from './issue-rows.tsx';
import type { PageView } from './page-view.ts';
import { issuePath, seriesPath } from './public-paths.ts';
import type { ShownSeries } from './shown-series.ts';

interface NeighboursProps {
  readonly view: PageView;
  readonly shown: ShownSeries;
  readonly previous?: ListedIssue;
  readonly next?: ListedIssue;
}

/** The way to the issues before and after this one, as far as they have come out. */
export const Neighbours = ({ view, shown, previous, next }: NeighboursProps) => {
  const { plan } = shown;
  const { pages } = view.words;
  return (
    <nav class="neighbours" aria-label={pages.neighbours}>
      {previous !== undefined && (
        <Neighbour {...{ view, shown }} issue={previous} label={pages.previous} rel="prev" />
      )}
      {next !== undefined && <Neighbour {...{ view, shown }} issue={next} label={pages.next} rel="next" />}
      <a class="neighbours-all" href={seriesPath(plan.series) + view.asked}>
        {filledIn(pages.allIssues, { series: plan.title })}
      </a>
    </nav>
  );
};

const Neighbour = ({
  view,
  shown: { plan },
  issue,
  label,
  rel,
}: Pick<NeighboursProps, 'view' | 'shown'> & { issue: ListedIssue; label: string; rel: 'prev' | 'next' }) => {
  const { language } = plan.about;
  return (
    <a class={`neighbour neighbour-${rel}`} rel={rel} href={issuePath(plan.series, issue.id) + view.asked}>
      <span>{label}</span>
      <b lang={language} dir={directionOf(language)}>
        {issue.facts.title}
      </b>
    </a>
  );
};
