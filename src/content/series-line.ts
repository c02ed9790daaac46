/** How a language of front matter writes `series`, for text that its parser refuses. */
interface Language {
  readonly opens: RegExp;
  /** The end of what may hold a key of the post itself. */
  readonly closes: RegExp;
  readonly key: RegExp;
  readonly comment?: RegExp;
  /** Whether a line goes on with the value that these lines began. */
  readonly goesOn: (line: string, before: string) => boolean;
}

const COMMENT = /(?:^|\s)#.*$/u;
const LANGUAGES: readonly Language[] = [
  {
    opens: /^---/,
    closes: /^---/,
    key: /^series[ \t]*:/i,
    comment: COMMENT,
    goesOn: (line) => /^(?:[ \t]+\S|-[ \t]|\])/.test(line),
  },
  {
    opens: /^\+\+\+/,
    closes: /^(?:\+\+\+|[ \t]*\[\[?[\w.-]+\])/,
    key: /^[ \t]*series[ \t]*=/i,
    comment: COMMENT,
    goesOn: (_, before) => hasOpenBracket(before),
  },
  {
    opens: /^\{/,
    closes: /^\}/,
    key: /^[ \t]*"series"[ \t]*:/i,
    goesOn: (_, before) => hasOpenBracket(before),
  },
];
const KEY = /^(?:series[ \t]*[:=]|"series"[ \t]*:)/i;
const MOST_LINES = 200;
const MOST_CHARACTERS = 64 * 1024;
const LONGEST = 100;

/**
 * What the head of a file that cannot be read says about its series: its line `series: …` (`series = …`, `"series": …`) and the lines
 * that go on with it, as one line for each. Undefined when it says nothing.
 */
export function seriesLineOf(text: string): string | undefined {
  const start = text.slice(0, MOST_CHARACTERS).trimStart();
  const language = LANGUAGES.find(({ opens }) => opens.test(start));
  if (language === undefined) return undefined;

  const lines = headOf(start, language);
  const from = lines.findIndex((line) => language.key.test(line));
  if (from < 0) return undefined;
  const value = [lines[from] ?? ''];
  for (const line of lines.slice(from + 1)) {
    if (!language.goesOn(line, value.join('\n'))) break;
    value.push(line);
  }
  const bare = value.map((line) => line.replace(language.comment ?? /$^/, '').trim());
  return bare.join('\n').replace(/,$/u, '').trim();
}

/** The names behind `series:`, as typed, brackets and quotes and all; the whole is one of them, for titles with commas. */
export function namesIn(seriesLine: string): { readonly whole: string; readonly items: readonly string[] } {
  const whole = seriesLine.replace(KEY, '').trim();
  const list = /^\[(.*)\]$/su.exec(whole)?.[1] ?? whole;
  const items = list.split(/[,\n]/u).map((item) => item.trim().replace(/^-\s+/u, ''));
  return { whole, items: items.map(unquoted).filter((item, index) => item !== '' || index === 0) };
}

/** Whether a name may be anything: nothing is there, or signs of a language or of another encoding are left in it. */
export const isUnclear = (name: string): boolean => name === '' || /["'[\]{}&*!|>\ufffd]/u.test(name);

/** Fit for a problem's one line. */
export function quotedSeriesLine(seriesLine: string): string {
  const line = seriesLine.replaceAll(/[\p{Cc}`]+/gu, ' ');
  const signs = Array.from(line);
  return signs.length > LONGEST ? `${signs.slice(0, LONGEST).join('')}…` : line;
}

function headOf(start: string, { opens, closes }: Language): string[] {
  // JSON may have all its keys on one line.
  const lines = opens.test('{') ? start.replaceAll(/[{,}](?=\s*(?:"[^"\n]*"\s*:|$))/gu, '$&\n') : start;
  const inside = lines.split(/\r?\n/u, MOST_LINES).slice(1);
  const close = inside.findIndex((line) => closes.test(line));
  // A head that is never closed is taken to end at its first blank line.
  const end = close < 0 ? inside.findIndex((line) => line.trim() === '') : close;
  return inside.slice(0, end < 0 ? undefined : end);
}

const hasOpenBracket = (text: string): boolean => text.split('[').length > text.split(']').length;

const unquoted = (name: string): string => /^(["'])(.*)\1$/su.exec(name)?.[2] ?? name;
