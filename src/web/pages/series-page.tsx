import type { Child } from 'hono/jsx';
import { filledIn } from '../../domain/filled-in.ts';
import { directionOf } from '../../domain/locale.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import { counted } from './counted.ts';
import { Cover } from './cover.tsx';
import { IssueRows, type ListedIssue } from './issue-rows.tsx';
import { languageName } from './language-name.ts';
import { Notice } from './notice.tsx';
import { OpenGraph } from './open-graph.tsx';
import { Page } from './page.tsx';
import type { PageView } from './page-view.ts';
import { feedPath, issuePath, seriesPath } from './public-paths.ts';
import { rhythmWords } from './rhythm-words.ts';
import { shownDay } from './shown-time.ts';
import type { ShownSeries } from './shown-series.ts';

interface SeriesPageProps {
  readonly view: PageView;
  readonly shown: ShownSeries;
  readonly issues: readonly ListedIssue[];
  /** The form to subscribe with. */
  readonly form?: Child;
}

/** A series as a book that one may open: what it is, how it comes, what has come out. */
export const SeriesPage = ({ view, shown, issues, form }: SeriesPageProps) => {
  const { plan } = shown;
  const { title, about } = plan;
  const { pages } = view.words;
  const [first] = issues;
  return (
    <Page {...view} title={title} head={<SeriesHead view={view} plan={plan} />}>
      <article class="series">
        <header class="series-head">
          <Cover {...plan} />
          <div lang={about.language} dir={directionOf(about.language)}>
            <h1>{title}</h1>
            {about.description !== '' && <p class="lead">{about.description}</p>}
          </div>
        </header>
        <div class="series-facts">
          <State view={view} shown={shown} />
          <Facts view={view} shown={shown} />
        </div>
        <div class="series-join">{form}</div>
        <section class="series-issues" aria-labelledby="issues">
          <h2 id="issues">{pages.issuesTitle}</h2>
          <IssueRows view={view} shown={shown} issues={issues} />
          {first !== undefined && (
            <p>
              <a class="button button-plain" href={issuePath(plan.series, first.id) + view.asked}>
                {pages.begin}
              </a>
            </p>
          )}
        </section>
        <p class="series-feed">
          <a href={feedPath(plan.series)}>{pages.feed}</a>
        </p>
      </article>
    </Page>
  );
};

const SeriesHead = ({ view, plan }: { view: PageView; plan: SeriesPlan }) => {
  const url = view.baseUrl + seriesPath(plan.series);
  const { description, language } = plan.about;
  return (
    <>
      {description !== '' && <meta name="description" content={description} />}
      <link rel="canonical" href={url} />
      <link
        rel="alternate"
        type="application/atom+xml"
        title={plan.title}
        href={view.baseUrl + feedPath(plan.series)}
      />
      <OpenGraph type="website" title={plan.title} {...{ description, url, language }} />
    </>
  );
};

const State = ({ view, shown: { plan, now } }: Pick<SeriesPageProps, 'view' | 'shown'>) => {
  const { locale, words } = view;
  if (plan.state === 'paused') return <Notice>{words.pages.pausedNotice}</Notice>;
  if (now >= plan.startAt) return null;
  const date = shownDay(plan.startAt, plan.cadence.timezone, locale);
  return <Notice>{filledIn(words.pages.startsOn, { date })}</Notice>;
};

const Facts = ({ view, shown: { plan, total } }: Pick<SeriesPageProps, 'view' | 'shown'>) => {
  const { locale, words } = view;
  const { pages } = words;
  const { cadence, join, about } = plan;
  return (
    <dl class="facts">
      <Fact name={pages.rhythm}>{rhythmWords(cadence, pages, locale)}</Fact>
      <Fact name={pages.length}>{counted(total, pages.issuesOne, pages.issuesMany)}</Fact>
      <Fact name={pages.readers}>{join === 'first' ? pages.joinFirst : pages.joinNext}</Fact>
      <Fact name={pages.from}>{about.from.name || about.from.address}</Fact>
      <Fact name={pages.writtenIn}>{languageName(about.language, locale)}</Fact>
    </dl>
  );
};

const Fact = ({ name, children }: { name: string; children?: Child }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
