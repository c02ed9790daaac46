import { isChinese, directionOf, localeOf, scriptOf, type Locale } from '../domain/locale.ts';
import type { LetterKind, LetterSlot } from '../domain/letter.ts';
import type { SeriesAbout, SeriesPlan } from '../domain/plan.ts';
import type { LetterWords } from './letter-keys.ts';
import { plainLine } from './plain-line.ts';
import type { Marks } from './slot-marks.ts';

/** As much of a series as letters tell. */
export type LetterSeries = Pick<SeriesPlan, 'series' | 'title' | 'revision'> & {
  readonly about: Pick<SeriesAbout, 'description' | 'language' | 'from'>;
};

/** What a letter is to say; the same for all its readers. */
export interface LetterTopic {
  readonly kind: LetterKind;
  /** The series it is about. */
  readonly plan: LetterSeries;
  readonly locale: Locale;
  /** Other series, for a reader who has come to the end of this one. */
  readonly others: readonly LetterSeries[];
}

/** Everything a letter's template may show. Absent things are null, so that `{% if %}` works under strict variables. */
export interface LetterView {
  readonly language: string;
  readonly locale: Locale;
  /** ISO 15924. */
  readonly script: string;
  readonly direction: 'ltr' | 'rtl';
  readonly start: 'left' | 'right';
  readonly end: 'left' | 'right';
  readonly words: LetterWords;
  readonly series: ShownSeries & { readonly language: string; readonly from: string };
  readonly letter: {
    readonly kind: LetterKind;
    readonly subject: string;
    readonly title: string;
    readonly paragraphs: readonly string[];
    readonly button: string;
    readonly note: string | null;
    /** Why it came, at its foot. */
    readonly why: string | null;
    readonly others: readonly ShownSeries[];
  };
  readonly slots: { readonly [S in LetterSlot]: S extends 'actionUrl' ? string : string | null };
  readonly postalAddress: readonly string[];
}

interface ShownSeries {
  readonly title: string;
  readonly description: string;
  readonly url: string;
}

interface ViewContext {
  readonly words: LetterWords;
  readonly wordsAreWriters: boolean;
  readonly marks: Marks<LetterSlot>;
  readonly baseUrl: string;
  readonly postalAddress: string;
}

/** Letters to somebody who is in a series, and may leave it from there. */
const TO_READERS: ReadonlySet<LetterKind> = new Set(['welcome', 'finished']);
/** A stranger may have asked for these: nothing that anybody typed stands in them. */
const ASKED_BY_ANYBODY: ReadonlySet<LetterKind> = new Set(['confirm', 'known']);

export function letterView(topic: LetterTopic, context: ViewContext): LetterView {
  const { plan, locale } = topic;
  const { words, wordsAreWriters, baseUrl } = context;
  const language = languageOf(locale, plan.about.language, wordsAreWriters);
  const direction = directionOf(language);
  const { name, address } = plan.about.from;
  return {
    language,
    locale,
    script: scriptOf(language),
    direction,
    start: direction === 'rtl' ? 'right' : 'left',
    end: direction === 'rtl' ? 'left' : 'right',
    words,
    series: {
      ...shownSeries(plan, baseUrl),
      language: plan.about.language,
      from: name === '' ? address : name,
    },
    letter: letterIn(topic, language, context),
    slots: slotsOf(topic.kind, context.marks),
    postalAddress: context.postalAddress
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  };
}

/** The language the words are in: as the series names it where they are its own, else as we name it. */
function languageOf(locale: Locale, ofSeries: string, wordsAreWriters: boolean): string {
  const isOfSeries = localeOf(ofSeries) === locale;
  const isSame = isChinese(locale) || /^en(?:-|$)/i.test(ofSeries);
  return isOfSeries && (isSame || wordsAreWriters) ? ofSeries : locale;
}

const shownSeries = ({ series, title, about }: LetterSeries, baseUrl: string): ShownSeries => ({
  title: plainLine(title),
  description: plainLine(about.description),
  url: `${baseUrl}/s/${encodeURIComponent(series)}`,
});

function letterIn(
  { kind, plan, others }: LetterTopic,
  language: string,
  { words, baseUrl }: ViewContext,
): LetterView['letter'] {
  const { name, address } = plan.about.from;
  const values = { series: plainLine(plan.title), from: name === '' ? address : name };
  const direction = directionOf(language);
  // In a sentence of the other direction, a title's full stop would jump to its wrong side.
  const isTurned = directionOf(plan.about.language) !== direction;
  const inText = isTurned ? { series: isolated(values.series), from: isolated(values.from) } : values;
  const say = (phrase: string): string => filled(phrase, inText);
  return {
    kind,
    subject: filled(words[`${kind}Subject`], values),
    title: say(words[`${kind}Title`]),
    paragraphs: [words[`${kind}Text`], words[`${kind}More`]].map(say).filter((text) => text !== ''),
    button: say(words[`${kind}Button`]),
    note: say(words[`${kind}Note`]) || null,
    why: TO_READERS.has(kind) ? say(words.why) || null : null,
    others: others.map((other) => shownSeries(other, baseUrl)),
  };
}

const isolated = (text: string): string => `\u2068${text}\u2069`;

const filled = (phrase: string, values: Readonly<Record<string, string>>): string =>
  phrase.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);

function slotsOf(kind: LetterKind, marks: Marks<LetterSlot>): LetterView['slots'] {
  const isToReader = TO_READERS.has(kind);
  return {
    greeting: ASKED_BY_ANYBODY.has(kind) ? null : marks.greeting,
    actionUrl: marks.actionUrl,
    readerUrl: isToReader ? marks.readerUrl : null,
    unsubscribeUrl: isToReader ? marks.unsubscribeUrl : null,
  };
}
