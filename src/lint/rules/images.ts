import { isLocalHost } from '../is-local-host.ts';
import { isOutOfReach } from '../is-out-of-reach.ts';
import type { LintContext } from '../lint-context.ts';
import { elementsNamed, type PageElement } from '../page/page.ts';
import { shorten } from '../shorten.ts';
import { spellingsOf } from '../spellings-of.ts';
import type { Finding, Rule } from '../rule.ts';

/** Every image has an address from which mail programs can get it, and none is there to watch the reader. */
export const images: Rule = {
  name: 'images',
  severity: 'error',
  check: ({ page }, context) =>
    elementsNamed(page, 'img').flatMap((image) => troubleOf(image, context) ?? []),
};

function troubleOf({ attributes }: PageElement, context: LintContext): Finding | undefined {
  const { src = '', alt = '', width, height, style = '' } = attributes;
  const told = (what: string, fix: string, severity: Finding['severity'] = 'error'): Finding => ({
    severity,
    message: `The image "${shorten(src === '' ? alt : src)}" ${what}.`,
    fix,
    seek: src === '' ? [alt] : spellingsOf(src),
  });
  if (src.trim() === '') return told('has no address', 'Give it one, or take it out.');
  if (/^data:/i.test(src)) {
    return told(
      'lies in the mail itself, where most mail programs do not show it',
      'Put it on the blog as a file.',
      'warning',
    );
  }
  if (!/^https?:\/\//i.test(src) || !URL.canParse(src)) {
    return told(
      'has no address that a mail program can get it from',
      'Write it with https:// and its host, or set SITE_URL.',
    );
  }
  if (isPixel(width, height, style)) {
    return told('is a single pixel, as used to watch readers', 'Take it out.', 'warning');
  }
  if (isOutOfReach(src, context)) {
    return told(
      'lies on a host that only this machine or network knows',
      'Use its public address.',
      'warning',
    );
  }
  if (!/^http:/i.test(src) || isLocalHost(new URL(src).hostname)) return undefined;
  return told('is loaded over http, which some mail programs do not do', 'Use its https address.', 'warning');
}

const isPixel = (width: string | undefined, height: string | undefined, style: string): boolean =>
  (/^[01](?:px)?$/.test(width ?? '') && /^[01](?:px)?$/.test(height ?? '')) ||
  (/(?:^|;)\s*width:\s*[01]px/.test(style) && /(?:^|;)\s*height:\s*[01]px/.test(style));
