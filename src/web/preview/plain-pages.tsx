import type { PreviewOverview } from '../../domain/preview.ts';
import { allProblems } from './issue-list.tsx';
import { PreviewPage } from './preview-page.tsx';
import type { PreviewView } from './preview-view.ts';
import { ProblemList } from './problem-list.tsx';

interface PlainProps {
  readonly overview: PreviewOverview;
  readonly view: PreviewView;
}

/** Everything that is wrong anywhere. */
export const ProblemsPage = ({ overview, view }: PlainProps) => {
  // The settings' own are on every page.
  const problems = allProblems({ ...overview, settings: [] });
  const fine = overview.settings.length > 0 ? '' : 'Nothing to mend: all posts and their mails are in order.';
  return (
    <PreviewPage
      title="All problems"
      overview={overview}
      view={view}
      head={<h1>All problems</h1>}
      stage={
        <>
          {overview.series.length === 0 && overview.settings.length === 0 && <NoSeries />}
          <ProblemList problems={problems} fine={overview.series.length === 0 ? '' : fine} />
        </>
      }
    />
  );
};

const NoSeries = () => (
  <p class="fine">
    There is no series yet. A series is a folder with an <code>_index.md</code>, or a name under{' '}
    <code>series:</code> in the front matter of posts. This page shows it as soon as there is one.
  </p>
);

export const MissingPage = ({ overview, view }: PlainProps) => (
  <PreviewPage
    title="Not there"
    overview={overview}
    view={view}
    head={<h1>There is no such issue</h1>}
    stage={<p class="fine">It may be a draft now, or have another name. What there is stands in the list.</p>}
  />
);

export const FailedPage = ({ overview, view, error }: PlainProps & { error: Error }) => (
  <PreviewPage
    title="Failed"
    overview={overview}
    view={view}
    head={<h1>This is a mistake in Partwork</h1>}
    stage={
      <>
        <p class="fine">
          It could not be shown, and should have been. The preview goes on. Please report this, with the post
          if you can.
        </p>
        <pre class="text" tabindex={0}>
          {error.stack ?? error.message}
        </pre>
      </>
    }
  />
);
