import type { Child } from 'hono/jsx';
import type { PreviewOverview } from '../../domain/preview.ts';
import { IssueList, type Chosen } from './issue-list.tsx';
import { ProblemList } from './problem-list.tsx';
import type { PreviewView } from './preview-view.ts';

interface PageProps {
  readonly title: string;
  readonly overview: PreviewOverview;
  readonly view: PreviewView;
  readonly chosen?: Chosen;
  readonly head: Child;
  readonly bar?: Child;
  readonly stage: Child;
}

/** The frame of every page. Regions are what page.js exchanges when something was saved. */
export const PreviewPage = ({ title, overview, view, chosen, head, bar, stage }: PageProps) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{`${title} · Partwork preview`}</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href="/page.css" />
      <script type="module" src="/page.js" />
    </head>
    <body data-revision={overview.revision}>
      <a class="skip" href="#stage">
        Skip to the issue
      </a>
      <aside>
        <p class="brand">
          <a href="/">Partwork</a> preview
        </p>
        <div data-region="list">
          <IssueList overview={overview} view={view} chosen={chosen} />
        </div>
        <Keys />
      </aside>
      <main>
        <div data-region="settings">
          {overview.settings.length > 0 && <BrokenSettings overview={overview} />}
        </div>
        <header data-region="head">{head}</header>
        <div class="bar" data-region="bar">
          {bar}
        </div>
        <div id="stage" data-region="stage">
          {stage}
        </div>
      </main>
      <p id="status" role="status" />
    </body>
  </html>
);

const BrokenSettings = ({ overview }: Pick<PageProps, 'overview'>) => (
  <section class="broken">
    <p>The settings cannot be read. Until they are mended, everything is shown as it was before.</p>
    <ProblemList problems={overview.settings} fine="" />
  </section>
);

const Keys = () => (
  <footer class="keys quiet">
    <p>
      <kbd>j</kbd> <kbd>k</kbd> next, previous · <kbd>p</kbd> <kbd>d</kbd> phone, desktop · <kbd>l</kbd> light
      or dark · <kbd>1</kbd>–<kbd>4</kbd> parts
    </p>
    <button type="button" id="keys" aria-pressed="true">
      Keys
    </button>
  </footer>
);
