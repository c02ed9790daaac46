import type { Judgement } from './delivery.ts';
import { HOUR_MS, MINUTE_MS } from './instant.ts';
import type { SmtpResult, SmtpStage } from './smtp-reply.ts';

type Verdict =
  | 'accepted'
  | 'deferred'
  | 'rejected'
  | 'deadAddress'
  | 'uncertain'
  | 'seriesFault'
  | 'transportFault'
  | 'unavailable';

/** A rule holds when all it names matches; a reply without enhanced status has the status ''. */
interface Rule {
  readonly at: readonly SmtpStage[];
  readonly code?: RegExp;
  readonly status?: RegExp;
  readonly text?: RegExp;
  readonly is: Verdict;
}

/** After this long without an answer either way the delivery is given up (RFC 5321 §4.5.4.1 asks for days). */
export const GIVE_UP_AFTER_MS = 72 * HOUR_MS;

const RETRY_WAITS_MS = [
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
];
const JITTER = 0.25;

const SESSION: readonly SmtpStage[] = ['connect', 'greeting', 'hello', 'tls'];
const BEFORE_ANYTHING: readonly SmtpStage[] = ['connect', 'tls'];
const ENVELOPE: readonly SmtpStage[] = ['mail', 'rcpt', 'data'];
const CONTENT: readonly SmtpStage[] = ['data', 'body'];
const TRANSACTION: readonly SmtpStage[] = ['mail', 'rcpt', 'data', 'body'];
const ABOUT_READER: readonly SmtpStage[] = ['rcpt', 'data', 'body'];

// RFC 7372 §3 and what Gmail and Outlook.com add: SPF, DKIM, DMARC, PTR or TLS of the sender did not convince them.
const UNAUTHENTICATED = /^[45]\.7\.(?:2[0-79]|3[0-2]|40)$|^5\.7\.(?:28|509|515)$/;
// RFC 4954 §6 (credentials) and Outlook.com's codes for a banned address, tenant or relay.
const UNWELCOME = /^5\.7\.(?:[89]|1[01]|5[47]|6[04]|50[1-8]|51[01]|60[6-9]|6[1-4]\d|70[58]|750)$/;
const DEAD = /^5\.(?:1\.(?:1|2|3|6|10)|2\.1)$/;
const NO_STATUS = /^$/;

const RATE =
  /frequency (?:is )?limit|(?:sending|rate|daily|hourly)\b.{0,30}\b(?:limit|quota)\b.{0,20}exceeded|too many (?:connections|messages)|发信频率|發信頻率/i;
const NOT_OUR_RELAY =
  /relay(?:ing)? (?:access )?(?:is )?(?:denied|not (?:permitted|allowed)|prohibited)|(?:unable|not permitted|not allowed) to relay|authenticat(?:ion|e) (?:is )?(?:required|first)|must (?:be )?authenticate|helo command rejected|client host\b.*(?:blocked|rejected)|blocked using|spamhaus|\b(?:ip|\d{1,3}(?:\.\d{1,3}){3})\b.*\b(?:black|block) ?list/i;
// "Sender rejected by recipient" is one reader's own filter.
const BAD_SENDER =
  /^(?!.*recipient).*(?:sender (?:address |domain )?(?:rejected|denied|verify failed|not (?:allowed|authori[sz]ed))|not owned by user)/i;
const NO_SUCH_READER =
  /no such (?:user|mailbox|recipient|account)|(?:user|mailbox|recipient|account)\b.{0,60}\b(?:unknown|not (?:found|exist)|unavailable|disabled|no longer)|unknown (?:user|mailbox|recipient|address)|does ?n[o']t (?:exist|have an? .{0,30}account)|用户不存在|收件人不存在|邮箱不存在|使用者不存在|信箱不存在/i;
const POLICY = /spam|policy|blocked|reputation|suspicious|content|frequen|垃圾|拒/i;
const FULL = /quota|full|over ?limit|storage|容量/i;

/** Read from the top; the first rule that holds decides. */
const RULES: readonly Rule[] = [
  // Before any message: the server's business, unless it tells that it does not want us at all.
  { at: ['greeting', 'hello'], code: /^5/, status: /^5\.7\./, is: 'transportFault' },
  { at: SESSION, is: 'unavailable' },
  { at: ['auth'], code: /^5/, is: 'transportFault' },
  { at: ['auth'], is: 'unavailable' },

  // About us, at whatever point of a transaction it is said: no reader may pay for it.
  { at: TRANSACTION, status: UNAUTHENTICATED, is: 'transportFault' },
  { at: TRANSACTION, status: UNWELCOME, is: 'transportFault' },
  { at: TRANSACTION, code: /^53[0458]$/, is: 'transportFault' },
  { at: ['mail'], code: /^5/, text: RATE, is: 'unavailable' },
  { at: ABOUT_READER, code: /^5/, text: RATE, is: 'deferred' },
  { at: ENVELOPE, code: /^5/, text: NOT_OUR_RELAY, is: 'transportFault' },
  { at: ['rcpt'], code: /^5/, status: /^5\.1\.[78]$/, is: 'seriesFault' },
  { at: ['rcpt'], code: /^5/, text: BAD_SENDER, is: 'seriesFault' },

  // The server is going away, or the session is out of step.
  { at: ENVELOPE, code: /^421$/, is: 'unavailable' },
  { at: ['mail'], code: /^(?:4|503)/, is: 'unavailable' },
  { at: ['mail'], code: /^5/, is: 'seriesFault' },
  { at: ABOUT_READER, code: /^(?:4|503)/, is: 'deferred' },

  // About this reader; some servers (Yahoo) look at the address only after the dot.
  { at: ABOUT_READER, code: /^5/, status: DEAD, is: 'deadAddress' },
  { at: ABOUT_READER, code: /^5/, status: /^5\.2\./, is: 'rejected' },
  { at: ['rcpt'], code: /^504$/, is: 'transportFault' },
  { at: ['rcpt'], code: /^55[0134]$/, status: /^(?:5\.5\.0)?$/, text: NO_SUCH_READER, is: 'deadAddress' },
  { at: ['rcpt'], code: /^55[013]$/, status: NO_STATUS, text: POLICY, is: 'rejected' },
  { at: ['rcpt'], code: /^55[013]$/, status: NO_STATUS, is: 'deadAddress' },
  { at: ['rcpt'], code: /^5/, is: 'rejected' },
  { at: ['body'], code: /^55[04]$/, status: NO_STATUS, text: NO_SUCH_READER, is: 'deadAddress' },
  { at: ['body'], code: /^55[024]$/, status: NO_STATUS, text: FULL, is: 'rejected' },

  // What is left is about the message, and the next reader gets the same one.
  { at: CONTENT, code: /^5/, is: 'seriesFault' },
  { at: ['body'], code: /^2/, is: 'accepted' },
  { at: ['body'], is: 'uncertain' },
];

const OUTCOMES: Readonly<Record<Exclude<Verdict, 'accepted'>, (reason: string) => Judgement>> = {
  deferred: (reason) => ({ kind: 'deferred', reason }),
  rejected: (reason) => ({ kind: 'rejected', suppress: false, reason }),
  deadAddress: (reason) => ({ kind: 'rejected', suppress: true, reason }),
  uncertain: (reason) => ({ kind: 'uncertain', reason }),
  seriesFault: (reason) => ({ kind: 'senderFault', scope: 'series', reason }),
  transportFault: (reason) => ({ kind: 'senderFault', scope: 'transport', reason }),
  unavailable: (reason) => ({ kind: 'unavailable', reason }),
};

const COMMANDS: Readonly<Record<SmtpStage, string>> = {
  connect: 'connecting',
  greeting: 'the greeting',
  hello: 'EHLO',
  tls: 'STARTTLS',
  auth: 'AUTH',
  mail: 'MAIL FROM',
  rcpt: 'RCPT TO',
  data: 'DATA',
  body: 'the message',
};

/** What one try means for the reader, the series and the transport. */
export function judge(result: SmtpResult): Judgement {
  if (result.kind === 'lost') {
    const happened = BEFORE_ANYTHING.includes(result.stage) ? 'no connection' : 'connection lost';
    const where = result.stage === 'connect' ? '' : ` at ${COMMANDS[result.stage]}`;
    const reason = `${happened}${where}: ${result.reason}`;
    return { kind: result.stage === 'body' ? 'uncertain' : 'unavailable', reason };
  }
  const rule = RULES.find((rule) => holds(rule, result));
  if (rule?.is === 'accepted') return { kind: 'accepted', reply: thanksIn(result.text) };
  return OUTCOMES[rule?.is ?? 'unavailable'](
    `answer to ${COMMANDS[result.stage]}: ${withoutAddresses(result.text)}`,
  );
}

// Kept of the newest acceptance of each reader. Eight bytes stand before it, and a person's hash with anything over 64 bytes in it takes Redis
// almost three times the room.
const LONGEST_THANKS = 41;
const USUAL_THANKS = /^\d{3}[ -]*(?:2\.\d{1,3}\.\d{1,3})?\s*/;

/** What is left of `250 2.0.0 Ok: queued as 4F1AB2` without what every acceptance says. */
const thanksIn = (text: string): string =>
  withoutAddresses(text).replace(USUAL_THANKS, '').slice(0, LONGEST_THANKS).trim();

// Reasons go into logs, the ledger and `status`; servers like to quote the address they refuse.
const withoutAddresses = (text: string): string =>
  text.replace(/[^\s<>()[\]:;,"'=]+@[^\s<>()[\]:;,"']+/g, '(address)');

/**
 * How long to wait after a deferral, in ms: 1, 5, 15, 30 min, 1, 2, 4 h and then every 4 h, each up to a quarter shorter
 * or longer so that a deferred crowd does not come back as one. `attempt` is 1 for the first try.
 */
export function retryDelayMs(attempt: number, random: () => number = Math.random): number {
  const step = Math.min(Math.max(Math.trunc(attempt), 1), RETRY_WAITS_MS.length) - 1;
  return Math.round((RETRY_WAITS_MS[step] ?? 4 * HOUR_MS) * (1 - JITTER + 2 * JITTER * random()));
}

function holds(rule: Rule, reply: Extract<SmtpResult, { kind: 'reply' }>): boolean {
  return (
    rule.at.includes(reply.stage) &&
    (rule.code?.test(String(reply.code)) ?? true) &&
    (rule.status?.test(reply.status ?? '') ?? true) &&
    (rule.text?.test(reply.text) ?? true)
  );
}
