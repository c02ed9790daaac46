import { isLocalHost } from '../is-local-host.ts';
import { valueOf } from '../message/message.ts';
import { shorten } from '../shorten.ts';
import type { Finding, Rule } from '../rule.ts';

const ONE_CLICK = 'List-Unsubscribe=One-Click';
const REPORT = 'Please report this: Partwork writes these fields itself.';

/** A mail program can unsubscribe its reader with one POST (RFC 8058 §3.1). */
export const oneClick: Rule = {
  name: 'one-click',
  severity: 'error',
  check(message, { hasMailServer }) {
    const addresses = valueOf(message, 'List-Unsubscribe');
    const post = valueOf(message, 'List-Unsubscribe-Post');
    if (addresses === '' || post === '') return [];
    const urls = [...addresses.matchAll(/<(https?:[^<>]*)>/gi)].map(([, url = '']) => url);
    return [
      ...(post === ONE_CLICK ? [] : [wrongPost(post)]),
      ...(urls.length === 1 ? [] : [wrongCount(urls.length)]),
      ...urls.flatMap((url) => addressTrouble(url, hasMailServer)),
    ];
  },
};

const wrongPost = (post: string): Finding => ({
  message: `List-Unsubscribe-Post is "${shorten(post)}", not "${ONE_CLICK}".`,
  fix: REPORT,
  at: 'series',
});

const wrongCount = (count: number): Finding => ({
  message: `List-Unsubscribe has ${count} web addresses; mail programs need just one.`,
  fix: REPORT,
  at: 'series',
});

/** On this machine nobody clicks but its owner, so http is good enough there until mail leaves it. */
function addressTrouble(url: string, hasMailServer: boolean): Finding[] {
  if (!URL.canParse(url)) {
    return [
      { message: `List-Unsubscribe has "${shorten(url)}", which is no address.`, fix: REPORT, at: 'series' },
    ];
  }
  const { protocol, hostname, origin } = new URL(url);
  const isLocal = isLocalHost(hostname);
  if (isLocal && !hasMailServer) return [];
  if (isLocal) {
    return [
      {
        severity: 'warning',
        message: `Readers cannot reach ${origin}, where the links to unsubscribe lead.`,
        fix: 'Set BASE_URL to the https address under which readers reach Partwork.',
        at: 'settings',
      },
    ];
  }
  if (protocol === 'https:') return [];
  return [
    {
      message: `The links to unsubscribe begin with ${origin}; mail programs unsubscribe over https only (RFC 8058).`,
      fix: 'Set BASE_URL to an https address.',
      at: 'settings',
    },
  ];
}
