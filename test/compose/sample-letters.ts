import { createLetterComposer, type LetterComposerOptions } from '../../src/compose/letter-composer.ts';
import type { LetterTopic } from '../../src/compose/letter-view.ts';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { escapeHtml } from '../../src/domain/escape-html.ts';
import {
  LETTER_KINDS,
  OPTIONAL_LETTERS,
  type LetterKind,
  type RenderedLetter,
} from '../../src/domain/letter.ts';
import { LOCALES, type Locale } from '../../src/domain/locale.ts';
import type { SeriesAbout, SeriesPlan } from '../../src/domain/plan.ts';
import { fillSlots } from '../../src/domain/rendered-issue.ts';
import type { SeriesId } from '../../src/domain/series.ts';

export const BASE = 'https://letters.example.com';
export const ADDRESS = 'Example Press\n1 Garden Lane';

/** What fills the slots of a sample letter. */
export const SLOTS = {
  greeting: 'Hello Ash & Bay,',
  actionUrl: `${BASE}/c/garden/1aaaaaaaaaaaaaaaa0mxyz1234AAAAAAAAAAAAAAAAAAAAAA`,
  readerUrl: `${BASE}/m/1aaaaaaaaaaaaaaaaBBBBBBBBBBBBBBBBBBBBBB`,
  unsubscribeUrl: `${BASE}/u/1aaaaaaaaaaaaaaaaCCCCCCCCCCCCCCCCCCCCCC`,
};

/** The language of a sample series for each language of ours. */
const LANGUAGES: Readonly<Record<Locale, string>> = { en: 'en', 'zh-Hant': 'zh-TW', 'zh-Hans': 'zh-CN' };
const TITLES: Readonly<Record<Locale, string>> = {
  en: 'A Year in the Garden',
  'zh-Hant': '園子裡的一年',
  'zh-Hans': '园子里的一年',
};

export function samplePlan(
  { about, ...changes }: Partial<Omit<SeriesPlan, 'about'>> & { about?: Partial<SeriesAbout> } = {},
  locale: Locale = 'en',
): SeriesPlan {
  return {
    series: 'garden' as SeriesId,
    title: TITLES[locale],
    revision: 1,
    state: 'running',
    startAt: 0,
    cadence: { every: { kind: 'days', days: 1 }, timezone: 'Asia/Taipei' },
    join: 'first',
    chosen: {},
    issues: [],
    moves: [],
    ...changes,
    about: {
      description: '',
      language: LANGUAGES[locale],
      from: { name: 'Garden Letters', address: 'garden@example.com' as EmailAddress },
      paces: [],
      letters: OPTIONAL_LETTERS,
      ...about,
    },
  };
}

/** Two series that a reader has not met yet. */
export const otherPlans = (): SeriesPlan[] => [
  samplePlan({
    series: 'tea' as SeriesId,
    title: 'Five Letters on Tea',
    about: { description: 'Water, leaves, and what to do while you wait.' },
  }),
  samplePlan({ series: '山城書簡' as SeriesId, title: '山城書簡', about: { language: 'zh-TW' } }),
];

export const sampleTopic = (kind: LetterKind, locale: Locale): LetterTopic => ({
  kind,
  locale,
  plan: samplePlan({}, locale),
  others: kind === 'finished' ? otherPlans() : [],
});

export const EVERY_LETTER: readonly (readonly [LetterKind, Locale])[] = LETTER_KINDS.flatMap((kind) =>
  LOCALES.map((locale) => [kind, locale] as const),
);

export const composeLetter = (
  topic: LetterTopic,
  options: Partial<LetterComposerOptions> = {},
): Promise<RenderedLetter> =>
  createLetterComposer({
    baseUrl: BASE,
    postalAddress: ADDRESS,
    onProblem: ({ message }) => {
      throw new Error(message);
    },
    ...options,
  }).compose(topic);

export const htmlOf = ({ html }: RenderedLetter): string => fillSlots(html, SLOTS, escapeHtml);

export const textOf = ({ text }: RenderedLetter): string => fillSlots(text, SLOTS);
