import type { Every } from '../../domain/cadence.ts';
import { formatEvery } from '../../domain/every.ts';
import { filledIn } from '../../domain/filled-in.ts';
import { gapWords } from '../pages/rhythm-words.ts';
import type { PageView } from '../pages/page-view.ts';

/** The paces to choose from, the series' own rhythm first: its value is ''. */
export function paceOptions(
  own: Every,
  offered: readonly Every[],
  { words, locale }: PageView,
): { readonly value: string; readonly label: string }[] {
  const every = capitalised(gapWords(own, words.pages, locale));
  return [
    { value: '', label: filledIn(words.reader.paceOwn, { every }) },
    ...offered.map((pace) => ({
      value: formatEvery(pace),
      label: capitalised(gapWords(pace, words.pages, locale)),
    })),
  ];
}

const capitalised = (phrase: string): string => phrase.charAt(0).toUpperCase() + phrase.slice(1);
