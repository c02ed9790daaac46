import type { Place, Target } from './link-target.ts';
import type { BodyProblem } from './report-in-body.ts';

const LEFT = {
  link: 'so only its words were kept',
  image: 'so its description stands in its place',
} as const;

/** What to tell the writer about an address that has no meaning inside a mail; `left` says what the mail has instead. */
export function whyUnusable(
  what: 'link' | 'image',
  written: string,
  target: Target,
  { siteUrl }: Place,
  left: string = LEFT[what],
): BodyProblem {
  const shown = written.length > 80 ? `${written.slice(0, 80)}…` : written;
  if (target.kind === 'unusable') {
    const allowed = what === 'link' ? 'http:, https:, mailto: or tel:' : 'http: or https:';
    return {
      rule: 'unmailable-address',
      message: `The ${what} "${shown}" begins with ${target.scheme}:, which mail does not follow, ${left}.`,
      fix: `Use ${allowed}, or take it out.`,
    };
  }
  if (siteUrl === undefined) {
    return {
      rule: 'relative-address',
      message: `The ${what} "${shown}" is relative to the blog, whose address is not known, ${left}.`,
      fix: 'Set SITE_URL to the address of the blog.',
    };
  }
  return {
    rule: 'relative-address',
    message: `The ${what} "${shown}" leads to a place that could not be found on the blog, ${left}.`,
    fix: 'Write the whole address, beginning with https://.',
  };
}
