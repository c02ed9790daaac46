import { hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Instant } from './instant.ts';
import type { IssueId } from './issue.ts';
import type { LetterOrder } from './letter.ts';
import type { SeriesId } from './series.ts';
import { shortMac, type ShortMac } from './short-mac.ts';
import type { SubscriberId } from './subscriber.ts';

/** What a key is for: a token made for one purpose is worth nothing for another. */
export type Purpose = 'unsubscribe' | 'reader' | 'confirm' | 'data' | 'form' | 'message-id' | 'admin';

/** Derived keys of one purpose, newest secret first. */
export interface Keys<P extends Purpose> {
  readonly purpose: P;
  readonly derived: readonly [ShortMac, ...ShortMac[]];
}

/** Whose and what a token is. */
export interface TokenOwner {
  readonly series: SeriesId;
  readonly subscriber: SubscriberId;
}

const KEY_BYTES = 32;
const VERSION = '1';
const UNDATED = /^1([a-z2-7]{16})[A-Za-z0-9_-]{22}$/;
const DATED = /^1([a-z2-7]{16})([0-9a-z]{9})[A-Za-z0-9_-]{22}$/;
const STAMP = /^1([0-9a-z]{9})[A-Za-z0-9_-]{22}$/;
const DATE_DIGITS = 9;

/**
 * The keys of one purpose from the installation's secrets: the first signs, all of them verify, so that links in mail
 * already sent survive a change of the secret. Throws when there is no secret.
 */
export function keysFor<P extends Purpose>(secrets: readonly string[], purpose: P): Keys<P> {
  const [signing, ...older] = secrets.map((secret) => shortMac(deriveKey(secret, purpose)));
  if (signing === undefined) throw new Error(`No secret to derive the "${purpose}" key from.`);
  return { purpose, derived: [signing, ...older] };
}

/** 32 bytes that belong to one purpose (HKDF-SHA256, RFC 5869). */
export function deriveKey(secret: string, purpose: Purpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'partwork', purpose, KEY_BYTES));
}

/**
 * The token in a link to unsubscribe (`unsubscribe`) or to a reader's own page (`reader`): 39 URL-safe characters, good for one series,
 * never expires. The series is signed and not in it, which keeps `List-Unsubscribe` on one line.
 */
export const subscriptionToken = (
  keys: Keys<'unsubscribe' | 'reader'>,
  { series, subscriber }: TokenOwner,
): string => sealed(keys, VERSION + subscriber, series);

/** The subscriber a token names, before anything is known of its being genuine: for finding the series it may be for. */
export const claimedSubscriber = (token: string): SubscriberId | undefined =>
  UNDATED.exec(token)?.[1] as SubscriberId | undefined;

/** Which of these series a token was made for; undefined when it was not made by us for any of them. */
export function parseSubscriptionToken(
  keys: Keys<'unsubscribe' | 'reader'>,
  token: string,
  candidates: Iterable<SeriesId>,
): TokenOwner | undefined {
  const subscriber = claimedSubscriber(token);
  if (subscriber === undefined) return undefined;
  for (const series of candidates) {
    if (isGenuine(keys, token, VERSION + subscriber, series)) return { series, subscriber };
  }
  return undefined;
}

/** The token in a letter that asks to confirm: good for one series and one request. */
export const confirmToken = (
  keys: Keys<'confirm'>,
  { series, subscriber }: TokenOwner,
  requestedAt: Instant,
): string => sealed(keys, VERSION + subscriber + digitsOf(requestedAt), series);

/** Who asked, and when; it is for the caller to judge whether that is too long ago. */
export function parseConfirmToken(
  keys: Keys<'confirm'>,
  series: SeriesId,
  token: string,
): { readonly subscriber: SubscriberId; readonly requestedAt: Instant } | undefined {
  const [, subscriber, date] = DATED.exec(token) ?? [];
  if (subscriber === undefined || date === undefined) return undefined;
  if (!isGenuine(keys, token, VERSION + subscriber + date, series)) return undefined;
  return { subscriber: subscriber as SubscriberId, requestedAt: instantOf(date) };
}

/** The token in a letter that leads to everything kept about a person, in all series. */
export const dataToken = (keys: Keys<'data'>, subscriber: SubscriberId, madeAt: Instant): string =>
  sealed(keys, VERSION + subscriber + digitsOf(madeAt));

export function parseDataToken(
  keys: Keys<'data'>,
  token: string,
): { readonly subscriber: SubscriberId; readonly madeAt: Instant } | undefined {
  const [, subscriber, date] = DATED.exec(token) ?? [];
  if (subscriber === undefined || date === undefined) return undefined;
  if (!isGenuine(keys, token, VERSION + subscriber + date)) return undefined;
  return { subscriber: subscriber as SubscriberId, madeAt: instantOf(date) };
}

/** Shows when a sign-up form was made, so that one filled in too quickly is noticed. One made for an address is good for no other. */
export const formStamp = (keys: Keys<'form'>, series: SeriesId, madeAt: Instant, address?: string): string =>
  sealed(keys, VERSION + digitsOf(madeAt), ...formOf(series, address));

export function parseFormStamp(
  keys: Keys<'form'>,
  series: SeriesId,
  stamp: string,
  address?: string,
): Instant | undefined {
  const date = STAMP.exec(stamp)?.[1];
  if (date === undefined || !isGenuine(keys, stamp, VERSION + date, ...formOf(series, address)))
    return undefined;
  return instantOf(date);
}

const formOf = (series: SeriesId, address: string | undefined): readonly string[] =>
  address === undefined ? [series] : [series, address];

/** What an issue is for a reader: the round counts up when they begin again. */
export interface MessageOwner extends TokenOwner {
  readonly issue: IssueId;
  readonly round: number;
}

/** The Message-ID of an issue for a reader, the same on every try: `<…@domain>`, without the reader's address in it. */
export function messageIdOf(
  keys: Keys<'message-id'>,
  { series, issue, subscriber, round }: MessageOwner,
  domain: string,
): string {
  const again = round === 0 ? [] : [String(round)];
  return `<${mac(keys.derived[0], series, issue, subscriber, ...again)}@${domain}>`;
}

/** The Message-ID of a letter, the same on every try. */
export const letterIdOf = (
  keys: Keys<'message-id'>,
  { kind, series, subscriber, at }: LetterOrder,
  domain: string,
): string => `<${mac(keys.derived[0], 'letter', kind, series, subscriber, String(at))}@${domain}>`;

const sealed = ({ derived }: Keys<Purpose>, text: string, ...boundTo: readonly string[]): string =>
  text + mac(derived[0], ...boundTo, text);

/** Whether a token is `text` and our seal under it. */
function isGenuine(
  { derived }: Keys<Purpose>,
  token: string,
  text: string,
  ...boundTo: readonly string[]
): boolean {
  // The text is compared, not the decoded bytes: base64url of 16 bytes has spare bits that would decode alike.
  const given = Buffer.from(token);
  return derived.some((key) => {
    const genuine = Buffer.from(text + mac(key, ...boundTo, text));
    return genuine.length === given.length && timingSafeEqual(genuine, given);
  });
}

/** JSON keeps the fields apart: ["ab","c"] and ["a","bc"] must not sign alike. */
const mac = (key: ShortMac, ...fields: readonly string[]): string => key(JSON.stringify(fields));

const digitsOf = (at: Instant): string => Math.round(at).toString(36).padStart(DATE_DIGITS, '0');

const instantOf = (digits: string): Instant => Number.parseInt(digits, 36);
