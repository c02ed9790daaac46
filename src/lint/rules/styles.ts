import type { Message } from '../message/message.ts';
import { elementsNamed } from '../page/page.ts';
import { shorten } from '../shorten.ts';
import type { Finding, Rule } from '../rule.ts';

/** Gmail drops every style sheet when together they are larger. */
const LARGEST = 16_000;

/** The mail's styles are in the mail, and small enough for Gmail to keep them. */
export const styles: Rule = {
  name: 'styles',
  severity: 'warning',
  check: (message) => [...tooLarge(message), ...external(message)],
};

function tooLarge({ page }: Message): Finding[] {
  const bytes = elementsNamed(page, 'style').reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  if (bytes <= LARGEST) return [];
  return [
    {
      message: `The style sheets of the mail have ${Math.round(bytes / 1_000)} kB; above 16 kB Gmail leaves them out.`,
      fix: 'Take styles out of the template.',
      at: 'template',
    },
  ];
}

function external({ page }: Message): Finding[] {
  const sheets = elementsNamed(page, 'link')
    .filter(({ attributes: { rel = '' } }) => /stylesheet/i.test(rel))
    .map(({ attributes: { href = '' } }) => href);
  const loaded = elementsNamed(page, 'style').flatMap(({ text }) =>
    [...text.matchAll(/@import\s+(?:url\()?["']?([^"')\s;]+)|@font-face[^}]*?url\(["']?([^"')]+)/gi)].map(
      ([, sheet, font]) => sheet ?? font ?? '',
    ),
  );
  return [...new Set([...sheets, ...loaded])].map((address) => ({
    message: `The mail loads "${shorten(address)}", which tells its host who reads it, and which few mail programs do.`,
    fix: 'Use fonts that readers have, and put styles into the template.',
    at: 'template',
  }));
}
