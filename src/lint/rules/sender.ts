import { isLocalHost } from '../is-local-host.ts';
import { shorten } from '../shorten.ts';
import type { Finding, Rule } from '../rule.ts';

/** Readers see who a mail is from, and servers believe it. */
export const sender: Rule = {
  name: 'sender',
  severity: 'error',
  check({ from }, { hasMailServer }) {
    if (from === undefined) return [];
    const { name, address } = from;
    const named = /[^\s<>@"'()]+@[^\s<>@"'()]+\.[^\s<>@"'()]+/.exec(name)?.[0];
    return [
      ...(named === undefined || named.toLowerCase() === address.toLowerCase()
        ? []
        : [pretends(name, address)]),
      ...(hasMailServer && isLocalHost(hostOf(address)) ? [unreachable(address)] : []),
      ...(name.trim() === '' ? [nameless(address)] : []),
    ];
  },
};

const hostOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

const SET = 'Set `from` of the series, or PARTWORK_FROM: Garden Letters <garden@example.com>.';

const pretends = (name: string, address: string): Finding => ({
  message: `The sender's name "${shorten(name)}" shows another address than the sender's own, ${address}.`,
  fix: SET,
  at: 'series',
});

const unreachable = (address: string): Finding => ({
  message: `Mail from ${address} is refused by servers, which cannot answer it.`,
  fix: SET,
  at: 'series',
});

const nameless = (address: string): Finding => ({
  severity: 'warning',
  message: `The sender ${address} has no name, and readers look for one.`,
  fix: SET,
  at: 'series',
});
