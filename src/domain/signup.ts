import type { Every } from './cadence.ts';
import { parseEmailAddress, type EmailAddress } from './email-address.ts';
import { parseEvery } from './every.ts';
import { DAY_MS, type Instant } from './instant.ts';
import { isOffered, isSameGap } from './pace.ts';
import type { SeriesPlan } from './plan.ts';
import { parseReaderName } from './reader-name.ts';
import type { SeriesId } from './series.ts';
import type { SubscriberId } from './subscriber.ts';

/** Somebody has asked for a series and has not confirmed yet: maybe they, maybe a stranger who typed their address. */
export interface Signup {
  readonly series: SeriesId;
  readonly subscriber: SubscriberId;
  readonly address: EmailAddress;
  /** '' when not given. */
  readonly name: string;
  /** Of the page they asked on, BCP 47. */
  readonly language: string;
  /** Their own gap; absent = the series'. */
  readonly pace?: Every;
  readonly requestedAt: Instant;
  /** Where they asked: `form`, `embed https://…`, `api https://…`. */
  readonly source: string;
}

/** How long a request, and the link in its letter, wait to be confirmed. */
export const SIGNUP_KEPT_MS = 7 * DAY_MS;

export const isSignupOver = (requestedAt: Instant, now: Instant): boolean =>
  now - requestedAt >= SIGNUP_KEPT_MS;

/** What a person fills in, as typed. */
export interface TypedSignup {
  readonly address: string;
  readonly name: string;
  /** '' = the series' own gap. */
  readonly pace: string;
  readonly language: string;
}

export type SignupField = 'address' | 'name' | 'pace';

export type FilledInSignup = Pick<Signup, 'address' | 'name' | 'pace' | 'language'>;

const LONGEST_LANGUAGE = 35;
const LANGUAGE = /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i;

/** What a person typed → what can be kept, or the first field that cannot. Another language than a BCP 47 tag is the series'. */
export function parseSignup(typed: TypedSignup, plan: SeriesPlan): FilledInSignup | SignupField {
  const address = parseEmailAddress(typed.address);
  if (address === undefined) return 'address';
  const name = parseReaderName(typed.name);
  if (name === undefined) return 'name';
  const pace = parsePace(typed.pace, plan);
  if (pace === undefined) return 'pace';
  return { address, name, language: parseLanguage(typed.language, plan), ...pace };
}

/** Only what the writer offers; the series' own gap is no choice of one's own: it may change, and the reader goes along. */
function parsePace(typed: string, plan: SeriesPlan): Pick<Signup, 'pace'> | undefined {
  if (typed.trim() === '') return {};
  const pace = parseEvery(typed);
  if (pace === undefined) return undefined;
  if (isSameGap(pace, plan.cadence.every)) return {};
  return isOffered(plan, pace) ? { pace } : undefined;
}

const parseLanguage = (typed: string, { about }: SeriesPlan): string =>
  typed.length <= LONGEST_LANGUAGE && LANGUAGE.test(typed) ? typed : about.language;
