import { createHash } from 'node:crypto';
import { directionOf, scriptOf } from '../../domain/locale.ts';
import type { SeriesPlan } from '../../domain/plan.ts';

const CLOTHS = 6;
const LONG = { vertical: 12, level: 36 } as const;
const UPRIGHT = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]/u;

/** What a cover shows. */
export type Book = Pick<SeriesPlan, 'series' | 'title' | 'about'>;

/**
 * A series as a book: its title on cloth whose colour stays the series' own. Chinese and Japanese titles stand upright on a slip of paper.
 * Only to look at; the title stands beside it as text.
 */
export const Cover = ({ series, title, about: { language, from } }: Book) => {
  const isVertical = ['Hant', 'Hans', 'Jpan'].includes(scriptOf(language)) && UPRIGHT.test(title);
  const kind = isVertical ? 'vertical' : 'level';
  const isLong = title.length > LONG[kind];
  return (
    <div
      class={`cover cover-${kind} cloth-${clothOf(series)}${isLong ? ' cover-long' : ''}`}
      aria-hidden="true"
      lang={language}
      dir={directionOf(language)}
    >
      <span class="cover-title">{title}</span>
      {from.name !== '' && <span class="cover-from">{from.name}</span>}
    </div>
  );
};

const clothOf = (series: string): number => (createHash('sha256').update(series).digest()[0] ?? 0) % CLOTHS;
