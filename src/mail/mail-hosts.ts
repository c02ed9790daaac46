import { Resolver } from 'node:dns/promises';

/** Whether a domain takes mail. `unknown` = the DNS did not say: mail is tried. */
export type MailAnswer = 'yes' | 'no' | 'unknown';

/** Asks the DNS before a letter is sent to a domain that somebody typed. */
export interface MailHosts {
  /** Answers within the time limit, whatever the DNS does. Never throws. */
  takesMail(domain: string): Promise<MailAnswer>;
}

export interface MailHostsOptions {
  /** `192.0.2.53`, `127.0.0.1:5353`; the system's when absent. */
  readonly servers?: readonly string[];
  /** How long one question may take. */
  readonly timeoutMs?: number;
  /** Questions asked in a minute at most; beyond that the answer is `unknown`. */
  readonly mostPerMinute?: number;
}

interface Remembered {
  readonly answer: Promise<MailAnswer>;
  readonly until: number;
}

const TIMEOUT_MS = 1_000;
const MOST_PER_MINUTE = 300;
const MINUTE_MS = 60_000;
const REMEMBERED_MS = 5 * MINUTE_MS;
const MOST_REMEMBERED = 1_000;
/** The DNS has answered: there is no such name (NXDOMAIN), or it has no such record. */
const ANSWERED: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * Mistyped domains are mostly parked: they have addresses, and nobody who reads mail there. So a domain without MX is taken to
 * get no mail, although RFC 5321 §5.1 would fall back to its address.
 */
export function openMailHosts({
  servers,
  timeoutMs = TIMEOUT_MS,
  mostPerMinute = MOST_PER_MINUTE,
}: MailHostsOptions = {}): MailHosts {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
  if (servers !== undefined) resolver.setServers(servers);
  const remembered = new Map<string, Remembered>();
  const mayAsk = atMostPerMinute(mostPerMinute);

  return {
    takesMail(domain) {
      const known = remembered.get(domain);
      if (known !== undefined && known.until > performance.now()) return known.answer;
      if (!mayAsk()) return Promise.resolve('unknown');
      return remember(remembered, domain, within(timeoutMs, ask(resolver, domain)));
    },
  };
}

async function ask(resolver: Resolver, domain: string): Promise<MailAnswer> {
  try {
    const records = await resolver.resolveMx(domain);
    return records.some(({ exchange }) => !isNull(exchange)) ? 'yes' : 'no';
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return ANSWERED.has(code) ? 'no' : 'unknown';
  }
}

/** The null MX, `.`, says that a domain takes no mail (RFC 7505). */
const isNull = (exchange: string): boolean => exchange === '' || exchange === '.';

/** Node's own limit counts for each server it asks; this one for the question. */
async function within(ms: number, answer: Promise<MailAnswer>): Promise<MailAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<MailAnswer>((resolve) => {
    timer = setTimeout(() => resolve('unknown'), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Kept while it is asked as well, so that a crowd asks once; what nobody knew is asked again. */
async function remember(
  remembered: Map<string, Remembered>,
  domain: string,
  answer: Promise<MailAnswer>,
): Promise<MailAnswer> {
  remembered.delete(domain);
  const [oldest] = remembered.keys();
  if (remembered.size >= MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  const entry = { answer, until: performance.now() + REMEMBERED_MS };
  remembered.set(domain, entry);
  const said = await answer;
  if (said === 'unknown' && remembered.get(domain) === entry) remembered.delete(domain);
  return said;
}

/** Made-up domains, each asked once, must not make us a burden to somebody's name server. */
function atMostPerMinute(most: number): () => boolean {
  const asked: number[] = [];
  return () => {
    const now = performance.now();
    while (asked[0] !== undefined && asked[0] <= now - MINUTE_MS) asked.shift();
    if (asked.length >= most) return false;
    asked.push(now);
    return true;
  };
}
