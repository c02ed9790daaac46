import { AUDIENCE_PARTS } from '../domain/issue-counts.ts';
import type { TroubleKind } from '../domain/notice.ts';

/** What a notice says, from its head down. A phrase that is '' is left out. */
const PARTS = ['Subject', 'Title', 'Text', 'Fix'] as const;

/** What a mail can be about; a trouble has a beginning and an end. */
export const NOTICE_TOPICS = [
  'release',
  'paused',
  'mailBlocked',
  'noWorkers',
  'stuck',
  'ledger',
  'mailBlockedEnd',
  'noWorkersEnd',
  'stuckEnd',
  'ledgerEnd',
  'test',
] as const;

export type NoticeTopic = (typeof NOTICE_TOPICS)[number];

export const TROUBLE_TOPICS = {
  'mail-blocked': 'mailBlocked',
  'no-workers': 'noWorkers',
  stuck: 'stuck',
  ledger: 'ledger',
} as const satisfies Record<TroubleKind, NoticeTopic>;

const OTHERS = ['audience', ...AUDIENCE_PARTS, 'since', 'lasted', 'why'] as const;

export type NoticeKey = `${NoticeTopic}${(typeof PARTS)[number]}` | (typeof OTHERS)[number];

/** Phrases of notices to the writer: `notices` in `locales/<locale>.json`. */
export const NOTICE_KEYS: readonly NoticeKey[] = [
  ...NOTICE_TOPICS.flatMap((topic) => PARTS.map((part) => `${topic}${part}` as const)),
  ...OTHERS,
];

export type NoticeWords = Readonly<Record<NoticeKey, string>>;
