import type { Locale } from '../domain/locale.ts';
import type { Problem } from '../domain/problem.ts';
import type { TemplateFile, Templates } from './template/load-templates.ts';

/**
 * The phrases under one key of `locales/<locale>.json`. A writer's file need only hold the phrases it changes.
 * Returns what is wrong with the file when it cannot be used.
 */
export function readPhrases<K extends string>(
  templates: Templates,
  locale: Locale,
  section: string,
  keys: readonly K[],
): Readonly<Record<K, string>> | Problem {
  const file = templates.get(`locales/${locale}.json`);
  if (file === undefined) throw new Error(`No words for the locale ${locale}.`);
  const written = readSection(file, section);
  if ('fault' in written) return wordsProblem(file, written);
  const ours = file.instead === undefined ? written : readSection(file.instead, section);
  const phrases = { ...('fault' in ours ? {} : ours.phrases), ...written.phrases };

  const missing = keys.find((key) => typeof phrases[key] !== 'string');
  if (missing !== undefined) return wordsProblem(file, { fault: `"${section}.${missing}" is not text.` });
  return Object.fromEntries(keys.map((key) => [key, phrases[key]])) as Record<K, string>;
}

interface Fault {
  readonly fault: string;
  readonly line?: number;
}

function readSection(
  { source }: TemplateFile,
  section: string,
): { readonly phrases: Record<string, unknown> } | Fault {
  try {
    const parsed: unknown = JSON.parse(source);
    const phrases = isRecord(parsed) ? (parsed[section] ?? {}) : undefined;
    return isRecord(phrases)
      ? { phrases }
      : { fault: `It should hold an object with the phrases under "${section}".` };
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
