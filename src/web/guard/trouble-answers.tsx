import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { WebWords } from '../../compose/web-words.ts';
import { MessagePage } from '../pages/message-page.tsx';
import { answerNotFound } from '../pages/message-pages.tsx';
import { pageViewOf } from '../pages/page-view.ts';
import { showPage } from '../pages/show-page.ts';
import type { WebTools } from '../web-tools.ts';

/** What somebody is told who could not be helped. */
interface Trouble {
  readonly status: ContentfulStatusCode;
  /** For programs. */
  readonly code: string;
  readonly say: (words: WebWords) => { readonly title: string; readonly text: string };
}

const RETRY_AFTER_S = 10;
const MOST_BYTES = 16 * 1024;

const AWAY: Trouble = {
  status: 503,
  code: 'unavailable',
  say: ({ pages }) => ({ title: pages.awayTitle, text: pages.away }),
};
const FAILED: Trouble = {
  status: 500,
  code: 'failed',
  say: ({ pages }) => ({ title: pages.failedTitle, text: pages.failed }),
};
const TOO_LARGE: Trouble = {
  status: 413,
  code: 'too-large',
  say: ({ door }) => ({ title: door.tooLargeTitle, text: door.tooLarge }),
};

/** The ledger does not answer: later it will. */
export function answerAway(tools: WebTools, context: Context) {
  context.header('Retry-After', String(RETRY_AFTER_S));
  return answer(tools, context, AWAY);
}

export const answerFailed = (tools: WebTools, context: Context) => answer(tools, context, FAILED);

export function answerNowhere(tools: WebTools, context: Context) {
  if (!isForPrograms(context)) return answerNotFound(context, tools);
  return context.json({ error: 'not-found', message: pageViewOf(context, tools).words.pages.notFound }, 404);
}

/** Nobody fills in more than 16 kB of a form. */
export const limitBody = (tools: WebTools) =>
  bodyLimit({ maxSize: MOST_BYTES, onError: (context) => answer(tools, context, TOO_LARGE) });

/** A page in the reader's language, or JSON where a program asks. */
function answer(tools: WebTools, context: Context, { status, code, say }: Trouble) {
  const view = pageViewOf(context, tools);
  const { title, text } = say(view.words);
  if (isForPrograms(context)) return context.json({ error: code, message: text }, status);
  return showPage(context, <MessagePage view={view} title={title} text={text} />, status);
}

const isForPrograms = ({ req }: Context): boolean => req.path.startsWith('/api/');
