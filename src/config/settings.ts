import { isIP } from 'node:net';
import { isTimezone } from '../domain/time-zone.ts';
import { parseMailbox } from '../domain/mailbox.ts';
import { parseMishaps } from '../domain/mishap.ts';
import { originOf } from '../domain/origins.ts';
import { SENDING_SETTINGS } from './sending-settings.ts';
import {
  eachOne,
  isNetwork,
  isWebhookSecret,
  isWebUrl,
  numberFrom,
  oneOf,
  urlWith,
} from './refuse-values.ts';

/** One thing an operator can set: in the environment, in `.env`, or in partwork.yaml. */
export interface Setting {
  /** Environment variable; in partwork.yaml in lower case and without `PARTWORK_`. */
  readonly name: string;
  readonly meaning: string;
  readonly fallback?: string;
  /** Never shown; may be given as a file through `<NAME>_FILE`. */
  readonly isSecret?: true;
  /** Commas stand between its values; in partwork.yaml a list does as well. */
  readonly isList?: true;
  /** Relative values are relative to the file or folder they come from. */
  readonly isPath?: true;
  /** Says what was expected when a value is wrong; undefined = fine. */
  readonly refuse?: (value: string) => string | undefined;
}

const MAX_PORT = 65_535;
const LEAST_SECRET = 16;
/** A browser tries 100,000 a second or so: 24 bits are minutes. */
const MAX_PROOF_BITS = 24;

export const SETTINGS = {
  redisUrl: {
    name: 'REDIS_URL',
    meaning: 'The Redis that keeps the ledger. None: a private one in the data folder.',
    isSecret: true,
    refuse: urlWith(['redis:', 'rediss:', 'unix:']),
  },
  smtpUrl: {
    name: 'SMTP_URL',
    meaning: 'The mail server. None: a local inbox in the data folder.',
    isSecret: true,
    refuse: urlWith(['smtp:', 'smtps:']),
  },
  baseUrl: {
    name: 'BASE_URL',
    meaning: 'Where readers reach Partwork: unsubscribe links begin with it.',
    fallback: 'http://localhost:3000',
    refuse: urlWith(['http:', 'https:']),
  },
  siteUrl: {
    name: 'SITE_URL',
    meaning: 'The blog: root-relative links and images are made absolute with it.',
    refuse: urlWith(['http:', 'https:']),
  },
  secret: {
    name: 'PARTWORK_SECRET',
    meaning:
      'Signs the links in mails; older ones after a comma still verify. None: one is made in the data folder.',
    isSecret: true,
    refuse: (value: string) =>
      value.split(',').every((secret) => secret.trim().length >= LEAST_SECRET)
        ? undefined
        : 'at least 16 characters; `openssl rand -hex 32` makes a good one',
  },
  from: {
    name: 'PARTWORK_FROM',
    meaning: 'The sender readers see.',
    refuse: (value: string) =>
      parseMailbox(value) === undefined ? 'a sender such as `Ivy Garden <ivy@example.com>`' : undefined,
  },
  postalAddress: {
    name: 'PARTWORK_POSTAL_ADDRESS',
    meaning: 'Postal address in the footer of every issue, which many countries ask for.',
  },
  timezone: {
    name: 'PARTWORK_TIMEZONE',
    meaning: 'Time zone of dates and hours that name none.',
    fallback: 'UTC',
    refuse: (value: string) => (isTimezone(value) ? undefined : 'an IANA time zone such as Asia/Taipei'),
  },
  language: {
    name: 'PARTWORK_LANGUAGE',
    meaning: 'Language of series that name none.',
    fallback: 'en',
    refuse: (value: string) =>
      /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(value) ? undefined : 'a language tag such as en or zh-Hant',
  },
  ...SENDING_SETTINGS,
  unsafe: {
    name: 'PARTWORK_UNSAFE',
    meaning: 'yes = work with a Redis that may lose the ledger, or is open to others.',
    fallback: 'no',
    refuse: oneOf(['yes', 'no']),
  },
  dkimDomain: { name: 'PARTWORK_DKIM_DOMAIN', meaning: 'Domain of the DKIM signature.' },
  dkimSelector: {
    name: 'PARTWORK_DKIM_SELECTOR',
    meaning: 'Selector of the DKIM key; with several keys, one for each.',
    isList: true,
  },
  dkimKeyFile: {
    name: 'PARTWORK_DKIM_KEY_FILE',
    meaning:
      'PEM file with the private key, RSA or Ed25519. Each of several signs: RSA for everybody, Ed25519 beside it.',
    isPath: true,
    isList: true,
  },
  dataFolder: {
    name: 'PARTWORK_DATA',
    meaning: 'Private Redis, local inbox, and what this machine knows of the ledger.',
    fallback: '.partwork',
    isPath: true,
  },
  contentFolder: {
    name: 'PARTWORK_CONTENT',
    meaning: 'The folder with the series.',
    fallback: 'content',
    isPath: true,
  },
  templatesFolder: {
    name: 'PARTWORK_TEMPLATES',
    meaning: 'Your own templates; a file that is not there is taken from ours.',
    fallback: 'templates',
    isPath: true,
  },
  port: {
    name: 'PORT',
    meaning: 'Port of the web pages.',
    fallback: '3000',
    refuse: numberFrom(0, MAX_PORT, 'a port number'),
  },
  host: {
    name: 'PARTWORK_HOST',
    meaning: 'Address the web pages listen at, such as 127.0.0.1 behind a proxy. None: every address.',
    refuse: (value: string) =>
      value === 'localhost' || isIP(value) !== 0 ? undefined : 'an address of this machine such as 127.0.0.1',
  },
  trustedProxies: {
    name: 'PARTWORK_TRUSTED_PROXIES',
    meaning:
      'Your proxies, whose X-Forwarded-For says who asks: addresses, networks (10.0.0.0/8), or the word loopback.',
    isList: true,
    refuse: eachOne(isNetwork, 'a list of addresses, networks such as 10.0.0.0/8, or the word loopback'),
  },
  origins: {
    name: 'PARTWORK_ORIGINS',
    meaning: 'Your sites that may have a sign-up form, and that readers are sent back to.',
    isList: true,
    refuse: eachOne(
      (value) => originOf(value) !== undefined,
      'a list of sites such as https://blog.example.com, without a path',
    ),
  },
  signupsPerMinute: {
    name: 'PARTWORK_SIGNUPS_PER_MINUTE',
    meaning: 'How many sign-ups are taken in a minute, of all readers and series together.',
    fallback: '200',
    refuse: numberFrom(1, 1_000_000, 'a number'),
  },
  proofOfWork: {
    name: 'PARTWORK_PROOF_OF_WORK',
    meaning:
      'Against robots: how hard a sum a browser does to sign up, in bits; 0 is none, 16 takes a second.',
    fallback: '0',
    refuse: numberFrom(0, MAX_PROOF_BITS, 'a number of bits'),
  },
  adminSecret: {
    name: 'PARTWORK_ADMIN_SECRET',
    meaning:
      'Signs you in to the dashboard, and programs at /metrics. None: only links of `partwork admin` do.',
    isSecret: true,
    refuse: (value: string) =>
      value.trim().length >= LEAST_SECRET
        ? undefined
        : 'at least 16 characters; `openssl rand -hex 32` makes a good one',
  },
  queueActions: {
    name: 'PARTWORK_QUEUE_ACTIONS',
    meaning:
      'yes = jobs can be retried, changed and removed at /admin/queues; no = they can only be looked at.',
    fallback: 'no',
    refuse: oneOf(['yes', 'no']),
  },
  notify: {
    name: 'PARTWORK_NOTIFY',
    meaning:
      'Your address, to be told when a release has gone out, a series pauses itself, and trouble starts or ends. None: no mail.',
    refuse: (value: string) =>
      parseMailbox(value) === undefined ? 'an address such as ivy@example.com' : undefined,
  },
  webhooks: {
    name: 'PARTWORK_WEBHOOKS',
    meaning: 'URLs that are told the same, signed by the Standard Webhooks specification.',
    isSecret: true,
    isList: true,
    refuse: eachOne(isWebUrl, 'a list of URLs that begin with https:// or http://'),
  },
  webhookSecret: {
    name: 'PARTWORK_WEBHOOK_SECRET',
    meaning: 'Signs what webhooks are told; further ones after a comma sign as well.',
    isSecret: true,
    isList: true,
    refuse: eachOne(
      isWebhookSecret,
      '`whsec_` and 24 to 64 bytes in base64; `echo whsec_$(openssl rand -base64 32)` makes a good one',
    ),
  },
  webhookPrivate: {
    name: 'PARTWORK_WEBHOOK_PRIVATE',
    meaning: 'yes = webhooks may be on this machine or in a private network.',
    fallback: 'no',
    refuse: oneOf(['yes', 'no']),
  },
  logLevel: {
    name: 'LOG_LEVEL',
    meaning: 'How much the workers say.',
    fallback: 'info',
    refuse: oneOf(['debug', 'info', 'warn', 'error', 'silent']),
  },
  failpoints: {
    name: 'PARTWORK_FAILPOINTS',
    meaning: 'For tests of crashes: where this process is to be killed, to throw or to wait.',
    refuse: (value: string) =>
      parseMishaps(value) === undefined ? 'e.g. `claim.made@3=kill,settle.before@1=delay:500`' : undefined,
  },
} as const satisfies Record<string, Setting>;

export type SettingKey = keyof typeof SETTINGS;
