import { isLocalHost } from '../is-local-host.ts';
import { isOutOfReach } from '../is-out-of-reach.ts';
import type { LintContext } from '../lint-context.ts';
import { elementsNamed, type PageElement } from '../page/page.ts';
import { shorten } from '../shorten.ts';
import { spellingsOf } from '../spellings-of.ts';
import type { Finding, Rule } from '../rule.ts';

const FOLLOWED = new Set(['http:', 'https:', 'mailto:', 'tel:', 'sms:']);
const HARMFUL = new Set(['javascript:', 'vbscript:', 'data:', 'file:', 'blob:']);

/** Every link has an address that works from a mailbox, and does not look like a trick. */
export const unmailableAddress: Rule = {
  name: 'unmailable-address',
  severity: 'error',
  check: ({ page }, context) => [
    ...blogOnThisMachine(context),
    ...elementsNamed(page, 'a', 'area')
      .filter(({ attributes: { href = '' } }) => !/^[#\s]/.test(href) && href !== '')
      .flatMap((link) => troubleOf(link, context) ?? []),
  ],
};

/** Told here, once, and not for every link and image. */
function blogOnThisMachine({ hasMailServer, siteUrl }: LintContext): Finding[] {
  if (!hasMailServer || siteUrl === undefined || !isLocalHost(new URL(siteUrl).hostname)) return [];
  return [
    {
      severity: 'warning',
      message: `Readers cannot reach ${siteUrl}, where links and images of the blog lead.`,
      fix: 'Set SITE_URL to the public address of the blog.',
      at: 'settings',
    },
  ];
}

function troubleOf(
  { attributes: { href = '' }, text }: PageElement,
  context: LintContext,
): Finding | undefined {
  const told = (what: string, fix: string, severity: Finding['severity'] = 'error'): Finding => ({
    severity,
    message: `The link "${shorten(href)}" ${what}.`,
    fix,
    seek: [...spellingsOf(href), text.trim()],
  });
  // Browsers skip spaces and controls inside a scheme, so a careful reader of addresses does as well.
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(href.replace(/[\u0000- ]/g, ''))?.[0].toLowerCase();
  if (scheme !== undefined && HARMFUL.has(scheme)) {
    return told(`begins with ${scheme}, which mail programs block`, 'Link to a page on the web instead.');
  }
  if (scheme === undefined) {
    return told('is not a whole address', 'Write it with https:// and its host, or set SITE_URL.');
  }
  if (!URL.canParse(href)) return told('cannot be read as an address', 'Correct it.');
  if (!FOLLOWED.has(scheme)) {
    return told(
      `begins with ${scheme}, which many mail programs do not follow`,
      'Link to a page on the web.',
      'warning',
    );
  }
  return doubtful(href, text, context, told);
}

function doubtful(
  href: string,
  text: string,
  context: LintContext,
  told: (what: string, fix: string, severity: 'warning') => Finding,
): Finding | undefined {
  if (/\s/.test(href)) return told('has a space in it', 'Write %20 in its place.', 'warning');
  const { protocol, hostname, username, password } = new URL(href);
  if (!protocol.startsWith('http') || Object.values(context.slots).includes(href)) return undefined;
  if (username + password !== '') {
    return told(
      'has a name or password in it, as tricks have',
      'Leave out what stands before the @.',
      'warning',
    );
  }
  if (isOutOfReach(href, context)) {
    return told(
      'leads to a host that only this machine or network knows',
      'Link to its public address.',
      'warning',
    );
  }
  const shown = shownHost(text);
  if (shown === undefined || sameSite(shown, hostname)) return undefined;
  return told(
    `shows the address of ${shown} but leads to ${hostname}`,
    'Let words and address be of one host.',
    'warning',
  );
}

/** The host of an address that a link shows as its words. */
function shownHost(text: string): string | undefined {
  const shown = /^(?:https?:\/\/|www\.)[^\s/]+(?:\/\S*)?$/i.exec(text.trim())?.[0];
  const url = shown?.replace(/^(?!https?:)/i, 'https://');
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined;
}

const sameSite = (one: string, other: string): boolean =>
  one.replace(/^www\./, '') === other.replace(/^www\./, '');
