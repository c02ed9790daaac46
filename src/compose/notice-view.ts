import { AUDIENCE_PARTS } from '../domain/issue-counts.ts';
import { filledIn } from '../domain/filled-in.ts';
import type { Instant } from '../domain/instant.ts';
import type { Locale } from '../domain/locale.ts';
import type { Figures, Notice, TroubleKind } from '../domain/notice.ts';
import { TROUBLE_TOPICS, type NoticeTopic, type NoticeWords } from './notice-keys.ts';
import { plainLine } from './plain-line.ts';

/** What a notice says, in plain text that is not escaped yet. */
export interface NoticeView {
  readonly subject: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** What a server or Redis said. */
  readonly quote?: string;
  /** Names and values. */
  readonly rows: readonly (readonly [string, string])[];
  /** What to do, and a command for it. */
  readonly fix?: string;
  readonly command?: string;
  readonly why: string;
}

export interface NoticeSettings {
  readonly locale: Locale;
  /** Times are told in it. */
  readonly timezone: string;
  /** Which Partwork this is, for somebody who has several. */
  readonly baseUrl: string;
}

const LONGEST_TITLE = 120;
const HIDDEN = /[\s\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\p{Surrogate}]+/gu;
const segmenter = new Intl.Segmenter();
/** In the order in which a reader of the table would ask. */
const FIGURES = ['audience', ...AUDIENCE_PARTS] as const satisfies (keyof Figures)[];
const ALWAYS: ReadonlySet<string> = new Set(['audience', 'accepted']);

const TROUBLE_COMMANDS: Partial<Record<TroubleKind, string>> = {
  'mail-blocked': 'partwork status',
  'no-workers': 'partwork work',
  stuck: 'partwork watch',
};

export function noticeView(notice: Notice, words: NoticeWords, settings: NoticeSettings): NoticeView {
  const topic = topicOf(notice);
  const values = valuesOf(notice, settings);
  const say = (phrase: string): string => filledIn(phrase, values);
  const fix = say(words[`${topic}Fix`]);
  const command = commandOf(notice);
  return {
    subject: say(words[`${topic}Subject`]),
    title: say(words[`${topic}Title`]),
    paragraphs: [say(words[`${topic}Text`])].filter((text) => text !== ''),
    ...('reason' in notice && notice.reason !== undefined && { quote: shown(notice.reason) }),
    rows: rowsOf(notice, words, settings),
    ...(fix !== '' && { fix }),
    ...(command !== undefined && { command }),
    why: say(words.why),
  };
}

function topicOf(notice: Notice): NoticeTopic {
  switch (notice.kind) {
    case 'release.finished':
      return 'release';
    case 'series.paused':
      return 'paused';
    case 'trouble.started':
      return TROUBLE_TOPICS[notice.trouble];
    case 'trouble.ended':
      return `${TROUBLE_TOPICS[notice.trouble]}End`;
    case 'test':
      return 'test';
  }
}

function valuesOf(notice: Notice, { baseUrl, locale }: NoticeSettings): Record<string, string> {
  const numbers = new Intl.NumberFormat(locale);
  const isRelease = notice.kind === 'release.finished';
  return {
    site: baseUrl,
    ...('series' in notice && {
      series: titleOf(notice.title ?? notice.series ?? ''),
    }),
    ...(isRelease && {
      issue: titleOf(notice.issueTitle),
      n: numbers.format(notice.number),
      accepted: numbers.format(notice.figures.accepted),
      audience: numbers.format(notice.figures.audience),
    }),
  };
}

/** As a line of plain text, cut where a subject would become unreadable. */
function titleOf(written: string): string {
  const clusters = [...segmenter.segment(shown(plainLine(written)))].map(({ segment }) => segment);
  return clusters.length <= LONGEST_TITLE
    ? clusters.join('')
    : `${clusters.slice(0, LONGEST_TITLE - 1).join('')}…`;
}

/** One line, in which nothing hides and nothing turns the direction of what follows. */
const shown = (text: string): string => text.replace(HIDDEN, ' ').replace(/ {2,}/g, ' ').trim();

function rowsOf(notice: Notice, words: NoticeWords, settings: NoticeSettings): [string, string][] {
  if (notice.kind === 'release.finished') {
    const numbers = new Intl.NumberFormat(settings.locale);
    return FIGURES.filter((name) => ALWAYS.has(name) || notice.figures[name] > 0).map((name) => [
      words[name],
      numbers.format(notice.figures[name]),
    ]);
  }
  if (notice.kind !== 'trouble.started' && notice.kind !== 'trouble.ended') return [];
  const since: [string, string] = [words.since, momentIn(notice.since, settings)];
  if (notice.kind === 'trouble.started') return [since];
  return [since, [words.lasted, durationIn(notice.until - notice.since, settings.locale)]];
}

function commandOf(notice: Notice): string | undefined {
  if (notice.kind === 'release.finished') return `partwork status ${notice.series}`;
  if (notice.kind === 'series.paused') return `partwork resume ${notice.series}`;
  return notice.kind === 'trouble.started' ? TROUBLE_COMMANDS[notice.trouble] : undefined;
}

const momentIn = (at: Instant, { locale, timezone }: NoticeSettings): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long', timeZone: timezone }).format(at);

/** In the largest unit of which it is at least two. */
function durationIn(ms: number, locale: Locale): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const [unit, size] = (
    [
      ['day', 86_400],
      ['hour', 3_600],
      ['minute', 60],
    ] as const
  ).find(([, least]) => seconds >= 2 * least) ?? ['second', 1];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.round(seconds / size),
  );
}
