import { closestWord } from '../domain/closest-word.ts';
import type { Complaints } from './complaints.ts';
import type { FrontMatter } from './front-matter-value.ts';

const KEYS =
  'title description language from reply_to every at timezone window join paces letters template issues posts draft'.split(
    ' ',
  );
const SHORTEST_GUESSED = 4;
/** Keys of Hugo and of ours that look like slips of one another. */
const INNOCENT = new Set(['date', 'menu', 'pages', 'type', 'lang', 'replyto', 'reply-to', 'summary', 'slug']);

/** An `_index.md` may have any key of Hugo's, so an unknown one is no error; but `evry: 1d` would silently do nothing. */
export function warnOfMisspeltKeys(data: FrontMatter, complaints: Complaints): void {
  for (const [name, { key, line }] of data.fields) {
    if (name.length < SHORTEST_GUESSED || KEYS.includes(name) || INNOCENT.has(name)) continue;
    const meant = closestWord(name, KEYS);
    if (meant !== undefined)
      complaints.warn(line, `The key \`${key}\` is not known.`, `Did you mean \`${meant}\`?`);
  }
}
