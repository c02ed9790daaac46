import type { Place, Target } from './link-target.ts';

/** What to tell the writer about an address that has no meaning inside a mail. */
export function whyUnusable(
  what: 'link' | 'image',
  written: string,
  target: Target,
  { siteUrl }: Place,
): { message: string; fix: string } {
  const left = what === 'link' ? 'so only its words were kept' : 'so its description stands in its place';
  const shown = written.length > 80 ? `${written.slice(0, 80)}…` : written;
  if (target.kind === 'unusable') {
    const allowed = what === 'link' ? 'http:, https: or mailto:' : 'http: or https:';
    return {
      message: `The ${what} "${shown}" begins with ${target.scheme}:, which mail does not follow, ${left}.`,
      fix: `Use ${allowed}, or take it out.`,
    };
  }
  if (siteUrl === undefined) {
    return {
      message: `The ${what} "${shown}" is relative to the blog, whose address is not known, ${left}.`,
      fix: 'Set SITE_URL to the address of the blog.',
    };
  }
  return {
    message: `The ${what} "${shown}" leads to a place that could not be found on the blog, ${left}.`,
    fix: 'Write the whole address, beginning with https://.',
  };
}
