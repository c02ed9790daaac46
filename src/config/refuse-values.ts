import { isIP } from 'node:net';

/** Says what was expected of a value that is wrong; undefined = it is right. */
type Refuse = (value: string) => string | undefined;

export function urlWith(protocols: readonly string[]): Refuse {
  const expected = `a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`;
  return (value) =>
    URL.canParse(value) && protocols.includes(new URL(value).protocol) ? undefined : expected;
}

export function numberFrom(least: number, most: number, what: string): Refuse {
  return (value) =>
    /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `${what}, ${least} to ${most}`;
}

/** The values of a list; empty ones are passed over. */
export const listed = (value: string): string[] =>
  value
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

export function eachOne(isRight: (value: string) => boolean, expected: string): Refuse {
  return (value) => (listed(value).every(isRight) ? undefined : expected);
}

export const isWebUrl = (value: string): boolean =>
  /^https?:\/\//i.test(value) && URL.canParse(value) && new URL(value).hostname !== '';

/** As the Standard Webhooks specification writes a symmetric secret. */
export function isWebhookSecret(value: string): boolean {
  const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(value) ?? [];
  const { length } = Buffer.from(base64 ?? '', 'base64');
  return length >= 24 && length <= 64;
}

export function isNetwork(value: string): boolean {
  if (value === 'loopback') return true;
  const [address = '', bits, ...more] = value.split('/');
  const kind = isIP(address);
  if (kind === 0 || more.length > 0 || address.includes('%')) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (kind === 4 ? 32 : 128));
}

export function oneOf(values: readonly string[]): Refuse {
  return (value) => (values.includes(value) ? undefined : `one of ${values.join(', ')}`);
}
