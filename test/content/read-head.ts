import { parseFrontMatter, type ParsedFile } from '../../src/content/front-matter.ts';
import type { Value } from '../../src/content/front-matter-value.ts';
import { formatProblem } from '../../src/domain/problem.ts';

/** A value without its lines, as a parser that knows none would give it. */
export function plain(value: Value): unknown {
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'list') return value.items.map(plain);
  return Object.fromEntries([...value.fields.values()].map((field) => [field.key, plain(field.value)]));
}

/** `title@2`, `cover.alt@5`: every field with its line. */
export function keyLines(value: Value, path = ''): string[] {
  if (value.kind === 'list') return value.items.flatMap((item, index) => keyLines(item, `${path}${index}.`));
  if (value.kind === 'scalar') return [];
  return [...value.fields.values()].flatMap(({ key, line, value: inner }) => [
    `${path}${key}@${line}`,
    ...keyLines(inner, `${path}${key}.`),
  ]);
}

export function read(text: string): ParsedFile {
  const parsed = parseFrontMatter(text, 'a.md');
  if (Array.isArray(parsed)) throw new Error(parsed.map(formatProblem).join('\n'));
  return parsed;
}

export function complaints(text: string): string[] {
  const parsed = parseFrontMatter(text, 'a.md');
  return Array.isArray(parsed) ? parsed.map(formatProblem) : [];
}
