import type { PageElement } from '../page/page.ts';
import type { Rule } from '../rule.ts';

const ACTIVE = new Set(
  'script iframe frame object embed applet form input button select textarea base portal dialog'.split(' '),
);

/** Nothing in the mail acts by itself or asks for input: mail programs drop it, and filters do not like it. */
export const activeContent: Rule = {
  name: 'active-content',
  severity: 'error',
  check: ({ page }) =>
    [...new Set(page.elements.flatMap(actionsOf))].map((action) => ({
      message: `The mail has ${action}, which mail programs do not run.`,
      fix: 'Take it out of the post or the template, and link to a page on the web.',
      seek: [action.replace(/>$/, '')],
    })),
};

function actionsOf({ name, attributes }: PageElement): string[] {
  const handlers = Object.keys(attributes).filter((attribute) => /^on[a-z]+$/.test(attribute));
  return [
    ...(ACTIVE.has(name) ? [`<${name}>`] : []),
    ...(name === 'meta' && attributes['http-equiv']?.toLowerCase() === 'refresh'
      ? ['<meta http-equiv="refresh">']
      : []),
    ...handlers,
  ];
}
