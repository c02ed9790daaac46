import { lookup as resolve, type LookupAddress } from 'node:dns';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Notice, NoticeResult } from '../domain/notice.ts';
import { reasonOf } from '../domain/reason-of.ts';
import { isPublicAddress } from './public-addresses.ts';
import { signWebhook } from './sign-webhook.ts';
import { webhookBody } from './webhook-body.ts';

export interface WebhookSettings {
  /** `whsec_…`; the notice is signed with each. */
  readonly secrets: readonly string[];
  /** Addresses that are not public may be connected to. */
  readonly mayBePrivate: boolean;
}

const DEADLINE_MS = 10_000;
const MOST_ANSWER_BYTES = 64 * 1_024;
const GONE = 410;

const PRIVATE = 'is not an address of the public internet; PARTWORK_WEBHOOK_PRIVATE=yes allows it';

/**
 * Posts a notice to a URL, once: no redirect is followed, and the connection goes to the very address that was looked at. Never rejects for
 * anything the other side can do.
 */
export async function postWebhook(
  url: URL,
  notice: Notice,
  settings: WebhookSettings,
): Promise<NoticeResult> {
  const refusal = refusalOf(url, settings);
  if (refusal !== undefined) return { kind: 'refused', reason: refusal };
  try {
    return judge(await statusOf(url, notice, settings));
  } catch (error) {
    return { kind: 'later', reason: reasonOf(error) };
  }
}

/** A host that is an address is never looked up. */
function refusalOf({ hostname }: URL, { mayBePrivate }: WebhookSettings): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (mayBePrivate || isIP(host) === 0 || isPublicAddress(host)) return undefined;
  return `${host} ${PRIVATE}`;
}

function judge(status: number): NoticeResult {
  if (status >= 200 && status < 300) return { kind: 'done' };
  if (status === GONE) return { kind: 'refused', reason: 'it says 410: nobody listens there any more' };
  const isRedirect = status >= 300 && status < 400;
  return {
    kind: 'later',
    reason: `it says ${status}${isRedirect ? ', and redirects are not followed' : ''}`,
  };
}

function statusOf(url: URL, notice: Notice, { secrets, mayBePrivate }: WebhookSettings): Promise<number> {
  const body = webhookBody(notice);
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      agent: false,
      signal: AbortSignal.timeout(DEADLINE_MS),
      ...(!mayBePrivate && { lookup: lookupPublic }),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Partwork',
        ...signWebhook(notice.id, Date.now(), body, secrets),
      },
    });
    sent.on('error', (error) => reject(new Error(wordsFor(error))));
    sent.on('response', (answer) => {
      resolve(answer.statusCode ?? 0);
      passOver(answer);
    });
    sent.end(body);
  });
}

/** Reads what a polite server says, so that it is not cut off, and hangs up on one that goes on. */
function passOver(answer: IncomingMessage): void {
  let bytes = 0;
  // The status has been taken; how the rest ends is nobody's business.
  answer.on('error', () => undefined);
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_ANSWER_BYTES) answer.destroy();
  });
}

/** All of a name's addresses must be public: of several, the one that is tried would be chance. */
const lookupPublic: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '');
    const unfit = addresses.find(({ address }) => !isPublicAddress(address));
    if (unfit !== undefined || addresses.length === 0)
      return callback(new Error(`${hostname} ${PRIVATE}`), '');
    const [first] = addresses as [LookupAddress];
    if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

const wordsFor = (error: Error): string =>
  error.name === 'AbortError' || error.name === 'TimeoutError'
    ? `no answer within ${DEADLINE_MS / 1_000} seconds`
    : error.message;
