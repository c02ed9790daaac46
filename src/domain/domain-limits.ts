import { parseRates, type Rate } from './sending-rate.ts';

/** Mails that are counted together. */
export interface DomainBucket {
  /** A provider's name, or a domain. */
  readonly name: string;
  readonly rates: readonly Rate[];
}

/** What may go to one domain, of all series and workers together. */
export interface DomainLimits {
  /** undefined = as much as the transport takes. `domain` in lower-case A-labels. */
  bucketOf(domain: string): DomainBucket | undefined;
}

interface Provider {
  readonly name: string;
  readonly rate: string;
  readonly domains: readonly string[];
}

/**
 * No provider publishes a rate for mail it takes in: they go by reputation, and put off who comes too fast. These figures are caps on a
 * burst, not advice: high enough that a list in good standing, behind its own server or a relay, does not meet them in a normal hour (100/s
 * is 360,000 in it), low enough that a whole list does not arrive within seconds. Gmail takes most and is most of a list; Microsoft and Yahoo
 * answer a burst with 4xx for the whole sender (S775, TSS04) well before Gmail does; Apple's and the Chinese providers' mail hosts limit a
 * single sending address the most.
 */
const PROVIDERS: readonly Provider[] = [
  { name: 'gmail', rate: '100/s', domains: ['gmail.com', 'googlemail.com'] },
  {
    name: 'outlook',
    rate: '50/s',
    domains: [
      'outlook.com',
      'hotmail.com',
      'live.com',
      'msn.com',
      'hotmail.co.uk',
      'hotmail.fr',
      'live.co.uk',
    ],
  },
  {
    name: 'yahoo',
    rate: '50/s',
    domains: ['yahoo.com', 'aol.com', 'ymail.com', 'rocketmail.com', 'yahoo.co.uk', 'yahoo.fr', 'yahoo.de'],
  },
  { name: 'icloud', rate: '20/s', domains: ['icloud.com', 'me.com', 'mac.com'] },
  { name: 'qq', rate: '10/s', domains: ['qq.com', 'vip.qq.com', 'foxmail.com'] },
  { name: 'netease', rate: '10/s', domains: ['163.com', '126.com', 'yeah.net', 'vip.163.com'] },
];

const PROVIDER_OF = new Map(
  PROVIDERS.flatMap((provider) => provider.domains.map((domain) => [domain, provider] as const)),
);
const DOMAIN = /^(?:\*|(?=.{3,253}$)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+)$/;
const OFF = 'off';

/** Bucket → its rates; none = as much as the transport takes. */
type Rates = Map<string, readonly Rate[]>;

/**
 * `gmail.com=20/s 5000/day, qq.com=off, *=10/s` → limits; undefined = not such a text. A provider's domains share one bucket; `*` is
 * every domain that is not named, each for itself. `off` alone = none at all.
 */
export function parseDomainLimits(text: string, { usual = true } = {}): DomainLimits | undefined {
  if (text.trim().toLowerCase() === OFF) return limitsOf(new Map());
  const rates: Rates = new Map(
    usual ? PROVIDERS.map(({ name, rate }) => [name, parseRates(rate) ?? []]) : [],
  );
  const named = new Set<string>();
  for (const entry of text.split(',').filter((one) => one.trim() !== '')) {
    const [domain = '', written = ''] = entry
      .toLowerCase()
      .split('=', 2)
      .map((part) => part.trim());
    const own = written === OFF ? [] : parseRates(written);
    const name = PROVIDER_OF.get(domain)?.name ?? domain;
    if (!DOMAIN.test(domain) || own === undefined || named.has(name)) return undefined;
    named.add(name);
    rates.set(name, own);
  }
  return limitsOf(rates);
}

function limitsOf(rates: Rates): DomainLimits {
  const others = rates.get('*') ?? [];
  return {
    bucketOf(domain) {
      const name = PROVIDER_OF.get(domain)?.name ?? domain;
      const own = rates.get(name) ?? others;
      return own.length === 0 ? undefined : { name, rates: own };
    },
  };
}
