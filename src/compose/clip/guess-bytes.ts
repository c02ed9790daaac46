import { visit } from 'unist-util-visit';
import type { Weigh } from './article-room.ts';
import { bareBytes } from './weigh-blocks.ts';

/** What our templates put around an element, in bytes: inlined styles, tables, comments for Outlook. */
const DRESS: Readonly<Record<string, number>> = { pre: 500, hr: 450, img: 400, h2: 100, h3: 100, code: 90 };
const USUAL_DRESS = 30;

/** What a part of an article takes in a mail, near enough to know whether it is worth the time to compile. */
export const guessedBytes: Weigh = (part) => {
  let dress = 0;
  visit(part, 'element', ({ tagName }) => {
    dress += DRESS[tagName] ?? USUAL_DRESS;
  });
  return bareBytes(part) + dress;
};
