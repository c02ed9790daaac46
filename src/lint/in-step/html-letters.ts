import type { Page } from '../page/page.ts';
import { lettersOf, type Letters, type Range } from './letters.ts';

/** The letters of what a mail's HTML shows. */
export function htmlLetters({ runs }: Page): Letters {
  const optional: Range[] = [];
  let source = '';
  for (const { text, isHidden, isOptional } of runs) {
    if (isHidden) continue;
    if (isOptional) optional.push([source.length, source.length + text.length]);
    source += text;
  }
  return lettersOf(source, optional);
}
