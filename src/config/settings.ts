import { isAbsolute, resolve } from 'node:path';
import { isTimezone } from '../domain/time-zone.ts';
import { parseMailbox } from '../domain/mailbox.ts';

/** One thing an operator can set: in the environment, in `.env`, or in partwork.yaml. */
export interface Setting {
  /** Environment variable; in partwork.yaml in lower case and without `PARTWORK_`. */
  readonly name: string;
  readonly meaning: string;
  readonly fallback?: string;
  /** Never shown; may be given as a file through `<NAME>_FILE`. */
  readonly isSecret?: true;
  /** Relative values are relative to the file or folder they come from. */
  readonly isPath?: true;
  /** Says what was expected when a value is wrong; undefined = fine. */
  readonly refuse?: (value: string) => string | undefined;
}

const MAX_PORT = 65_535;

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
      value.split(',').every((secret) => secret.trim().length >= 16)
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
  onUncertain: {
    name: 'PARTWORK_ON_UNCERTAIN',
    meaning: 'When nobody can know whether the server took a mail: resend it once more, or hold it for you.',
    fallback: 'resend',
    refuse: oneOf(['resend', 'hold']),
  },
  unsafe: {
    name: 'PARTWORK_UNSAFE',
    meaning: 'yes = work with a Redis that may lose the ledger, or is open to others.',
    fallback: 'no',
    refuse: oneOf(['yes', 'no']),
  },
  dkimDomain: { name: 'PARTWORK_DKIM_DOMAIN', meaning: 'Domain of the DKIM signature.' },
  dkimSelector: { name: 'PARTWORK_DKIM_SELECTOR', meaning: 'Selector of the DKIM key.' },
  dkimKeyFile: {
    name: 'PARTWORK_DKIM_KEY_FILE',
    meaning: 'PEM file with the RSA private key.',
    isPath: true,
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
    refuse: (value: string) =>
      /^\d+$/.test(value) && Number(value) <= MAX_PORT ? undefined : 'a port number, 0 to 65535',
  },
  logLevel: {
    name: 'LOG_LEVEL',
    meaning: 'How much the workers say.',
    fallback: 'info',
    refuse: oneOf(['debug', 'info', 'warn', 'error', 'silent']),
  },
} as const satisfies Record<string, Setting>;

export type SettingKey = keyof typeof SETTINGS;

/** A path as given → absolute, seen from the folder it was written in. */
export const pathFrom = (folder: string, path: string): string =>
  isAbsolute(path) ? path : resolve(folder, path);

function urlWith(protocols: readonly string[]): (value: string) => string | undefined {
  const expected = `a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`;
  return (value) =>
    URL.canParse(value) && protocols.includes(new URL(value).protocol) ? undefined : expected;
}

function oneOf(values: readonly string[]): (value: string) => string | undefined {
  return (value) => (values.includes(value) ? undefined : `one of ${values.join(', ')}`);
}
