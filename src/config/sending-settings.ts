import { parseDomainLimits } from '../domain/domain-limits.ts';
import { parseRates, parseWarmUp } from '../domain/sending-rate.ts';
import { oneOf } from './refuse-values.ts';
import type { Setting } from './settings.ts';

/** How mail leaves. */
export const SENDING_SETTINGS = {
  onUncertain: {
    name: 'PARTWORK_ON_UNCERTAIN',
    meaning: 'When nobody can know whether the server took a mail: resend it once more, or hold it for you.',
    fallback: 'resend',
    refuse: oneOf(['resend', 'hold']),
  },
  rate: {
    name: 'PARTWORK_RATE',
    meaning:
      'Most mails of all workers together: 50/s or 600/min are spread evenly, 2000/h and 50000/day may leave as they come; several go together. None: no limit.',
    refuse: (value: string) =>
      parseRates(value) === undefined
        ? 'a rate such as 50/s, 600/min, 2000/h or 50000/day, or several with a space between, each of another period'
        : undefined,
  },
  domainRates: {
    name: 'PARTWORK_DOMAIN_RATES',
    meaning:
      'The same per recipient domain: `gmail.com=20/s 5000/day, *=10/s`; a provider’s domains count together, * is each other domain, off is no limit. Large providers have one unless you say otherwise.',
    isList: true,
    refuse: (value: string) =>
      parseDomainLimits(value) === undefined
        ? 'a list such as `gmail.com=20/s 5000/day, qq.com=off, *=10/s`, each provider once, or the word off'
        : undefined,
  },
  warmUp: {
    name: 'PARTWORK_WARM_UP',
    meaning:
      'For a new address to send from: first day (UTC), its most mails, and how many times as many each day after it: `2026-12-01 500 x1.5`.',
    refuse: (value: string) =>
      parseWarmUp(value) === undefined
        ? 'a first day, and maybe its most mails and a growth above x1 to x10, such as `2026-12-01 500 x1.5`'
        : undefined,
  },
} as const satisfies Record<string, Setting>;
