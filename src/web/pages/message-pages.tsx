import type { Context } from 'hono';
import { filledIn } from '../../domain/filled-in.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import type { WebTools } from '../web-tools.ts';
import { MessagePage } from './message-page.tsx';
import { pageViewOf } from './page-view.ts';
import { seriesPath } from './public-paths.ts';
import { showPage } from './show-page.ts';

/** 404 for an address that leads to nothing. */
export function answerNotFound(context: Context, tools: WebTools): Response | Promise<Response> {
  const view = pageViewOf(context, tools);
  const { pages } = view.words;
  return showPage(
    context,
    <MessagePage view={view} title={pages.notFoundTitle} text={pages.notFound}>
      <p>
        <a class="button button-plain" href={`/${view.asked}`}>
          {pages.home}
        </a>
      </p>
    </MessagePage>,
    404,
  );
}

/** 404 for an issue that a series does not have or that nobody may see yet: which of both it is, nobody learns. */
export function answerNoIssue(
  context: Context,
  tools: WebTools,
  { series, title, about }: SeriesPlan,
): Response | Promise<Response> {
  const view = pageViewOf(context, tools, about.language);
  const { pages } = view.words;
  return showPage(
    context,
    <MessagePage view={view} title={pages.noIssueTitle} text={pages.noIssue}>
      <p>
        <a class="button button-plain" href={seriesPath(series) + view.asked}>
          {filledIn(pages.allIssues, { series: title })}
        </a>
      </p>
    </MessagePage>,
    404,
  );
}

/** 405 for whoever posts to a page that is only to be read. */
export function answerReadOnly(context: Context, tools: WebTools): Response | Promise<Response> {
  const view = pageViewOf(context, tools);
  const { pages } = view.words;
  context.header('Allow', 'GET, HEAD');
  return showPage(
    context,
    <MessagePage view={view} title={pages.wrongMethodTitle} text={pages.wrongMethod} />,
    405,
  );
}
