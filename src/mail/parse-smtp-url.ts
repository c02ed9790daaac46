import type { SmtpPath } from './smtp-path.ts';
import { SMTP_LIMITS, type SmtpSettings } from './smtp-settings.ts';

export interface RefusedSmtpUrl {
  readonly kind: 'refused';
  /** What is wrong and what to write instead. Never shows the URL: it has the password in it. */
  readonly reason: string;
}

type ParsedSmtpUrl = { readonly kind: 'settings'; readonly settings: SmtpSettings } | RefusedSmtpUrl;

const PATHS = new Map<string, SmtpPath>([
  ['off', 'plain'],
  ['on', 'overlap'],
  ['chunks', 'chunked'],
]);
const PARAMETERS = ['connections', 'mails', 'tls', 'name', 'pipelining'];
const CLIENT_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;
const MOST_CONNECTIONS = 100;
const MOST_MAILS = 1_000_000;

/**
 * `smtp://user:password@mail.example.com:587?connections=10` → settings. `smtp:` insists on STARTTLS unless the host is
 * this machine or `tls=off` is given; `smtps:` is TLS from the first byte. `name` is what EHLO says.
 * A connection is replaced after `mails`. `pipelining=off` is for a server that offers PIPELINING (RFC 2920) and cannot do it, `chunks` for one that is far away and offers CHUNKING
 * (RFC 3030): four mails are under way on each connection then, and may be in doubt after a crash.
 */
export function parseSmtpUrl(text: string): ParsedSmtpUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^smtps?:$/.test(url.protocol) || url.hostname === '') {
    return refuse('It must look like smtp://user:password@mail.example.com:587 (or smtps://…:465).');
  }
  const unknown = [...url.searchParams.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined)
    return refuse(`It has "${unknown}=" in it; only ${PARAMETERS.join(', ')} are known.`);

  const login = loginIn(url);
  if (login === 'refused')
    return refuse('A user needs a password, both percent-encoded: "@" is %40, ":" is %3A.');
  const connections = Number(url.searchParams.get('connections') ?? '10');
  if (!Number.isInteger(connections) || connections < 1 || connections > MOST_CONNECTIONS) {
    return refuse(`"connections=" must be a whole number from 1 to ${MOST_CONNECTIONS}.`);
  }
  const mails = Number(url.searchParams.get('mails') ?? '1000');
  if (!Number.isInteger(mails) || mails < 1 || mails > MOST_MAILS) {
    return refuse(`"mails=" (on one connection) must be a whole number from 1 to ${MOST_MAILS}.`);
  }
  const tls = url.searchParams.get('tls');
  if (tls !== null && (url.protocol === 'smtps:' || !['off', 'required'].includes(tls))) {
    return refuse('"tls=" is "required" or "off", and only for smtp://; smtps:// always has TLS.');
  }
  const pipelining = url.searchParams.get('pipelining');
  const bestPath = PATHS.get(pipelining ?? '');
  if (pipelining !== null && bestPath === undefined)
    return refuse('"pipelining=" is "on", "off" or "chunks".');
  const name = url.searchParams.get('name');
  if (name !== null && !CLIENT_NAME.test(name)) return refuse('"name=" must be a host name.');
  return { kind: 'settings', settings: settingsOf(url, { login, connections, mails, tls, name, bestPath }) };
}

function settingsOf(
  url: URL,
  {
    login,
    connections,
    mails,
    tls,
    name,
    bestPath,
  }: {
    login: SmtpSettings['login'];
    connections: number;
    mails: number;
    tls: string | null;
    name: string | null;
    bestPath: SmtpPath | undefined;
  },
): SmtpSettings {
  const implicit = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const startTls = tls === 'off' || (tls === null && isLoopback(host)) ? 'off' : 'required';
  return {
    host,
    port: url.port === '' ? (implicit ? 465 : 587) : Number(url.port),
    tls: implicit ? 'implicit' : startTls,
    ...(login === undefined ? {} : { login }),
    connections,
    mailsPerConnection: mails,
    ...(bestPath !== undefined && { bestPath }),
    ...(name === null ? {} : { clientName: name }),
    limits: SMTP_LIMITS,
  };
}

function loginIn(url: URL): SmtpSettings['login'] | 'refused' {
  if (url.username === '' && url.password === '') return undefined;
  if (url.username === '' || url.password === '') return 'refused';
  try {
    return { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  } catch {
    // A stray "%": the caller says how to write it, which is more than the URIError does.
    return 'refused';
  }
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

const refuse = (problem: string): RefusedSmtpUrl => ({
  kind: 'refused',
  reason: `SMTP_URL cannot be used. ${problem}`,
});
