import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { DoorWords } from '../../compose/door-keys.ts';
import { localeOf } from '../../domain/locale.ts';
import { chooseLocale } from '../pages/choose-locale.ts';
import type { WebTools } from '../web-tools.ts';

/** An expected failure, as programs read it (`code`) and as their readers are told it. */
export interface ApiError {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly words: keyof DoorWords;
  /** Which value of the request is meant. */
  readonly field?: string;
}

export const API_ERRORS = {
  origin: { status: 403, code: 'origin', words: 'apiOrigin' },
  series: { status: 404, code: 'not-found', words: 'apiSeries' },
  method: { status: 405, code: 'method', words: 'apiMethod' },
  type: { status: 415, code: 'content-type', words: 'apiType' },
  body: { status: 400, code: 'body', words: 'apiBody' },
  stamp: { status: 400, code: 'stamp', words: 'apiStamp', field: 'stamp' },
  proof: { status: 400, code: 'proof', words: 'apiProof', field: 'proof' },
  address: { status: 422, code: 'invalid', words: 'apiAddress', field: 'address' },
  name: { status: 422, code: 'invalid', words: 'apiName', field: 'name' },
  pace: { status: 422, code: 'invalid', words: 'apiPace', field: 'pace' },
  unmailable: { status: 422, code: 'unmailable', words: 'apiUnmailable', field: 'address' },
  busy: { status: 429, code: 'busy', words: 'apiBusy' },
} as const satisfies Record<string, ApiError>;

/** `{"error": code, "message": …, "field"?}`, in the language that was asked for, else the series'. */
export function answerError(
  { words }: Pick<WebTools, 'words'>,
  context: Context,
  error: ApiError,
  { asked, series }: { readonly asked?: string; readonly series?: string } = {},
): Response {
  const locale = asked === undefined ? chooseLocale(context, series) : localeOf(asked);
  const message = words.get(locale)?.door[error.words];
  const field = error.field === undefined ? {} : { field: error.field };
  return context.json({ error: error.code, message, ...field }, error.status);
}
