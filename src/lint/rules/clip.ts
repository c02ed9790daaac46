import type { Rule } from '../rule.ts';

const KILOBYTE = 1_000;
/** Gmail hides what comes after 102 kB of decoded HTML; gateways on the way add some. */
const LARGEST_HTML = 90 * KILOBYTE;

/** The HTML is below what mail programs show whole. */
export const clip: Rule = {
  name: 'clip',
  severity: 'warning',
  check({ html }) {
    const bytes = Buffer.byteLength(html);
    if (bytes < LARGEST_HTML) return [];
    const message = `The HTML of this issue is ${Math.round(bytes / KILOBYTE)} kB; mail programs clip at 102 kB.`;
    return [{ message, fix: 'Split the post into two issues.' }];
  },
};
