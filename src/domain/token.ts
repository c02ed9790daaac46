import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { IssueId } from './issue.ts';
import type { SeriesId } from './series.ts';
import type { SubscriberId } from './subscriber.ts';

/** What a key is for: a token made for one purpose is worth nothing for another. */
export type Purpose = 'unsubscribe' | 'reader' | 'message-id';

/** Derived keys of one purpose, newest secret first. */
export interface Keys<P extends Purpose> {
  readonly purpose: P;
  readonly derived: readonly [Buffer, ...Buffer[]];
}

const KEY_BYTES = 32;
const MAC_BYTES = 16;
const TOKEN = /^([a-z2-7]{16})[A-Za-z0-9_-]{22}$/;

/**
 * The keys of one purpose from the installation's secrets: the first signs, all of them verify, so that links in mail
 * already sent survive a change of the secret. Throws when there is no secret.
 */
export function keysFor<P extends Purpose>(secrets: readonly string[], purpose: P): Keys<P> {
  const [signing, ...older] = secrets.map((secret) => deriveKey(secret, purpose));
  if (signing === undefined) throw new Error(`No secret to derive the "${purpose}" key from.`);
  return { purpose, derived: [signing, ...older] };
}

/** 32 bytes that belong to one purpose (HKDF-SHA256, RFC 5869). */
export function deriveKey(secret: string, purpose: Purpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'partwork', purpose, KEY_BYTES));
}

/** The token in an unsubscribe link: 38 URL-safe characters, good for this series only, never expires. */
export function unsubscribeToken(
  keys: Keys<'unsubscribe'>,
  series: SeriesId,
  subscriber: SubscriberId,
): string {
  return subscriber + mac(keys.derived[0], series, subscriber);
}

/** The subscriber a token was made for, or undefined when it was not made by us for this series. */
export function parseUnsubscribeToken(
  keys: Keys<'unsubscribe'>,
  series: SeriesId,
  token: string,
): SubscriberId | undefined {
  return verify(keys, token, [series]);
}

/** The token in a link to a reader's own page, for all of the reader's series: 38 URL-safe characters. */
export function readerToken(keys: Keys<'reader'>, subscriber: SubscriberId): string {
  return subscriber + mac(keys.derived[0], subscriber);
}

export function parseReaderToken(keys: Keys<'reader'>, token: string): SubscriberId | undefined {
  return verify(keys, token, []);
}

/** The Message-ID of an issue for a reader, the same on every try: `<…@domain>`, without the reader's address in it. */
export function messageIdOf(
  keys: Keys<'message-id'>,
  series: SeriesId,
  issue: IssueId,
  subscriber: SubscriberId,
  domain: string,
): string {
  return `<${mac(keys.derived[0], series, issue, subscriber)}@${domain}>`;
}

function verify(keys: Keys<Purpose>, token: string, boundTo: readonly string[]): SubscriberId | undefined {
  const subscriber = TOKEN.exec(token)?.[1];
  if (subscriber === undefined) return undefined;

  // The text is compared, not the decoded bytes: base64url of 16 bytes has spare bits that would decode alike.
  const given = Buffer.from(token);
  const genuine = keys.derived.some((key) =>
    timingSafeEqual(Buffer.from(subscriber + mac(key, ...boundTo, subscriber)), given),
  );
  return genuine ? (subscriber as SubscriberId) : undefined;
}

function mac(key: Buffer, ...fields: readonly string[]): string {
  // JSON keeps the fields apart: ["ab","c"] and ["a","bc"] must not sign alike.
  const digest = createHmac('sha256', key).update(JSON.stringify(fields)).digest();
  return digest.subarray(0, MAC_BYTES).toString('base64url');
}
