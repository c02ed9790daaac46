import type { Problem } from '../domain/problem.ts';
import type { Locale } from './locale.ts';
import type { TemplateFile, Templates } from './template/load-templates.ts';

const KEYS = [
  'greetingNamed',
  'greetingPlain',
  'part',
  'readingTime',
  'previous',
  'next',
  'image',
  'imageWithoutWords',
  'notes',
  'source',
  'inThisSeries',
  'thisIssue',
  'moreIssues',
  'why',
  'unsubscribe',
  'reader',
  'web',
  'seeOnWeb',
  'readOn',
  'diagram',
  'watchVideo',
  'listen',
  'openOn',
  'codeOn',
  'formula',
  'note',
  'tip',
  'important',
  'warning',
  'caution',
] as const;

/** The phrases of an issue in the reader's language; `{…}` stands for a value. */
export type Words = Readonly<Record<(typeof KEYS)[number], string>>;

/**
 * The words for issues: the key `issue` of `locales/<locale>.json`. A writer's file need only hold the phrases it changes.
 * Returns what is wrong with the file when it cannot be used.
 */
export function readWords(templates: Templates, locale: Locale): Words | Problem {
  const file = templates.get(`locales/${locale}.json`);
  if (file === undefined) throw new Error(`No words for the locale ${locale}.`);
  const section = readSection(file);
  if ('fault' in section) return wordsProblem(file, section);
  const ours = file.instead === undefined ? section : readSection(file.instead);
  const phrases = { ...('fault' in ours ? {} : ours.phrases), ...section.phrases };

  const missing = KEYS.find((key) => typeof phrases[key] !== 'string');
  if (missing !== undefined) return wordsProblem(file, { fault: `"issue.${missing}" is not text.` });
  return Object.fromEntries(KEYS.map((key) => [key, phrases[key]])) as Words;
}

/** Whether the writer has a file of words of their own, which may be in any language. */
export function areWritersWords(templates: Templates, locale: Locale): boolean {
  const file = templates.get(`locales/${locale}.json`);
  return file?.instead !== undefined && file.instead.source !== file.source;
}

/** How these words speak of an image that cannot be shown. */
export const imageLabelFrom =
  (words: Words) =>
  (alt: string): string =>
    alt === '' ? words.imageWithoutWords : words.image.replace('{alt}', () => alt);

interface Fault {
  readonly fault: string;
  readonly line?: number;
}

function readSection({ source }: TemplateFile): { readonly phrases: Record<string, unknown> } | Fault {
  try {
    const parsed: unknown = JSON.parse(source);
    const phrases = isRecord(parsed) ? (parsed['issue'] ?? {}) : undefined;
    return isRecord(phrases)
      ? { phrases }
      : { fault: 'It should hold an object with the phrases under "issue".' };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const at = /position (\d+)/.exec(error.message)?.[1];
    return {
      fault: `It is not valid JSON: ${error.message}.`,
      ...(at === undefined ? {} : { line: source.slice(0, Number(at)).split('\n').length }),
    };
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wordsProblem = ({ shownPath }: TemplateFile, { fault, line }: Fault): Problem => ({
  severity: 'error',
  file: shownPath,
  ...(line === undefined ? {} : { line }),
  message: `These words cannot be used. ${fault}`,
  fix: 'Compare the file with the one of the same name that ships with Partwork, or remove it to use that one.',
});

/** `{n}` and the like in a phrase → the values. */
export const filledIn = (phrase: string, values: Readonly<Record<string, string | number>>): string =>
  phrase.replace(/\{(\w+)\}/g, (place, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : place,
  );
