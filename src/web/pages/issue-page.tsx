import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { filledIn } from '../../domain/filled-in.ts';
import type { IssuePage as Article } from '../../domain/issue-page.ts';
import { directionOf } from '../../domain/locale.ts';
import type { ReleasedIssue } from '../../domain/released-issues.ts';
import type { ListedIssue } from './issue-rows.tsx';
import { Neighbours } from './neighbours.tsx';
import { OpenGraph } from './open-graph.tsx';
import { Page } from './page.tsx';
import type { PageView } from './page-view.ts';
import { feedPath, issuePath, seriesPath } from './public-paths.ts';
import { shownDay } from './shown-time.ts';
import type { ShownSeries } from './shown-series.ts';

interface IssuePageProps {
  readonly view: PageView;
  readonly shown: ShownSeries;
  readonly issue: ReleasedIssue;
  readonly article: Article;
  readonly previous?: ListedIssue;
  readonly next?: ListedIssue;
  /** The form to subscribe with. */
  readonly form?: Child;
}

/** A released issue as a page: what was frozen with its mail. */
export const IssuePage = (props: IssuePageProps) => {
  const { view, shown, issue, article, form } = props;
  const { plan } = shown;
  const { language } = plan.about;
  const said = { lang: language, dir: directionOf(language) };
  return (
    <Page {...view} title={`${article.title} · ${plan.title}`} head={<IssueHead {...props} />}>
      <article class="issue">
        <header class="issue-head">
          <Running view={view} shown={shown} issue={issue} />
          <h1 {...said}>{article.title}</h1>
          <Meta {...props} />
        </header>
        <Hero article={article} view={view} />
        {/* Sanitized when it was composed, and frozen since: see compose/page/web-article.ts. */}
        <div class="prose" {...said}>
          {raw(article.html)}
        </div>
        <Origin article={article} view={view} />
      </article>
      <Neighbours {...props} />
      <div class="issue-join">{form}</div>
    </Page>
  );
};

const IssueHead = ({ view, shown: { plan }, issue, article }: IssuePageProps) => {
  const url = view.baseUrl + issuePath(plan.series, issue.id);
  const { title, description, image, canonicalUrl = url, date = issue.releasedAt } = article;
  return (
    <>
      {description !== '' && <meta name="description" content={description} />}
      <link rel="canonical" href={canonicalUrl} />
      <link
        rel="alternate"
        type="application/atom+xml"
        title={plan.title}
        href={view.baseUrl + feedPath(plan.series)}
      />
      <OpenGraph
        type="article"
        siteName={plan.title}
        language={plan.about.language}
        publishedAt={new Date(date).toISOString()}
        {...{ title, description, url }}
        {...(image !== undefined && { image })}
      />
    </>
  );
};

const MOST_MARKS = 40;

/** The series and where in it this issue stands, as running heads of books have it. */
const Running = ({
  view,
  shown: { plan, total },
  issue,
}: Pick<IssuePageProps, 'view' | 'shown' | 'issue'>) => (
  <>
    <p class="running">
      <a href={seriesPath(plan.series) + view.asked} lang={plan.about.language}>
        {plan.title}
      </a>
      <span>{filledIn(view.words.pages.part, { n: issue.number, m: total })}</span>
    </p>
    {total > 1 && total <= MOST_MARKS && (
      <p class="parts" aria-hidden="true">
        {Array.from({ length: total }, (_, index) => (
          <span class={index < issue.number ? 'part part-read' : 'part'} />
        ))}
      </p>
    )}
  </>
);

const Meta = ({ view, shown: { plan }, issue, article }: IssuePageProps) => {
  const { date = issue.releasedAt, readingMinutes } = article;
  return (
    <p class="meta">
      <time datetime={new Date(date).toISOString()}>
        {shownDay(date, plan.cadence.timezone, view.locale)}
      </time>
      <span>{filledIn(view.words.pages.readingTime, { minutes: readingMinutes })}</span>
      {plan.about.from.name !== '' && <span>{plan.about.from.name}</span>}
    </p>
  );
};

/** Only the blog's own pictures are fetched, by whoever reads; another site's is a link. */
const Hero = ({ article: { image }, view }: Pick<IssuePageProps, 'article' | 'view'>) => {
  if (image === undefined) return null;
  const { url, alt, width, height } = image;
  if (isOfBlog(url, view.siteUrl)) {
    return (
      <figure class="hero">
        <img src={url} alt={alt} width={width} height={height} />
      </figure>
    );
  }
  if (alt === '') return null;
  return (
    <p class="hero-link">
      <a href={url}>{filledIn(view.words.pages.picture, { alt })}</a>
    </p>
  );
};

const isOfBlog = (url: string, siteUrl: string | undefined): boolean =>
  siteUrl !== undefined && URL.canParse(url) && new URL(url).origin === new URL(siteUrl).origin;

const Origin = ({ article: { source, canonicalUrl }, view }: Pick<IssuePageProps, 'article' | 'view'>) => {
  const { pages } = view.words;
  if (source === undefined && canonicalUrl === undefined) return null;
  return (
    <footer class="origin">
      {source !== undefined && (
        <p>
          <span>{pages.source}</span>{' '}
          {source.url === undefined ? source.name : <a href={source.url}>{source.name}</a>}
        </p>
      )}
      {canonicalUrl !== undefined && (
        <p>
          <a href={canonicalUrl}>{pages.onBlog}</a>
        </p>
      )}
    </footer>
  );
};
