import { basename, dirname, extname } from 'node:path';
import { splitLanguage } from './split-language.ts';

/** What a post's file name says. Of a leaf bundle (`frost/index.md`) it is the folder's name. */
export interface PostName {
  /** Without extension and language. */
  readonly base: string;
  /** Without date or number in front. */
  readonly bare: string;
  /** `03-frost` → 3. */
  readonly number?: number;
  /** `2026-review` → 2026, no number: the years 1900 to 2099 stay in `bare`. */
  readonly year?: number;
  /** `frost.zh-tw.md`, `frost/index.zh-tw.md` → `zh-TW`. */
  readonly language?: string;
  /** `2026-01-28-frost`, `20260128-frost` → `2026-01-28`. */
  readonly date?: string;
}

const MARKDOWN = new Set(['.md', '.markdown', '.mdx']);
const DATE_PREFIX = /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|(\d\d)(\d\d))(?:[-_. ]+(.+))?$/u;
const NUMBER_PREFIX = /^(\d{1,4})(?:[-_. ]+(.+))?$/u;
const YEAR = /^(?:19|20)\d\d$/u;

export const isMarkdown = (path: string): boolean => MARKDOWN.has(extname(path).toLowerCase());

/** Whether a path is that of a leaf bundle, `frost/index.md`, in whatever language. */
export const isBundle = (path: string): boolean =>
  path.includes('/') && splitLanguage(basename(path, extname(path))).stem === 'index';

/** The path of the folder a post lies in; of a leaf bundle (`garden/frost/index.md`), the folder above. */
export const homeFolder = (path: string): string => dirname(isBundle(path) ? dirname(path) : path);

export function postNameOf(path: string): PostName {
  const { stem, language } = splitLanguage(basename(path, extname(path)).normalize('NFC'));
  const base = stem === 'index' ? basename(dirname(path)).normalize('NFC') || stem : stem;
  const name = datedName(base) ?? numberedName(base) ?? { base, bare: base };
  return language === undefined ? name : { ...name, language };
}

function datedName(base: string): PostName | undefined {
  const [, year, month, day, compactMonth, compactDay, rest] = DATE_PREFIX.exec(base) ?? [];
  const m = Number(month ?? compactMonth);
  const d = Number(day ?? compactDay);
  if (year === undefined || !(m >= 1 && m <= 12 && d >= 1 && d <= 31)) return undefined;
  return { base, bare: rest ?? base, date: `${year}-${twoDigits(m)}-${twoDigits(d)}` };
}

function numberedName(base: string): PostName | undefined {
  const [, digits, rest] = NUMBER_PREFIX.exec(base) ?? [];
  if (digits === undefined) return undefined;
  return YEAR.test(digits)
    ? { base, bare: base, year: Number(digits) }
    : { base, bare: rest ?? base, number: Number(digits) };
}

const twoDigits = (n: number): string => String(n).padStart(2, '0');
