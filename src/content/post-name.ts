import { basename, dirname, extname } from 'node:path';

/** What a post's file name says. Of a leaf bundle (`frost/index.md`) it is the folder's name. */
export interface PostName {
  /** Without extension. */
  readonly base: string;
  /** Without date or number in front. */
  readonly bare: string;
  /** `03-frost` → 3. */
  readonly number?: number;
  /** `2026-01-28-frost`, `20260128-frost` → `2026-01-28`. */
  readonly date?: string;
}

const MARKDOWN = new Set(['.md', '.markdown', '.mdx']);
const DATE_PREFIX = /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|(\d\d)(\d\d))(?:[-_. ]+(.+))?$/u;
const NUMBER_PREFIX = /^(\d{1,4})(?:[-_. ]+(.+))?$/u;

export const isMarkdown = (path: string): boolean => MARKDOWN.has(extname(path).toLowerCase());

export function postNameOf(path: string): PostName {
  const name = basename(path, extname(path)).normalize('NFC');
  const base = name === 'index' ? basename(dirname(path)).normalize('NFC') || name : name;
  return datedName(base) ?? numberedName(base) ?? { base, bare: base };
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
  return digits === undefined ? undefined : { base, bare: rest ?? base, number: Number(digits) };
}

const twoDigits = (n: number): string => String(n).padStart(2, '0');
