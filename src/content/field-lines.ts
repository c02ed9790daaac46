import type { Issue, IssueField } from '../domain/issue.ts';
import { findField } from './find-field.ts';
import type { FieldMap, FrontMatter } from './front-matter-value.ts';
import { IMAGE_KEYS } from './read-image.ts';

const KEYS: Readonly<Record<IssueField, readonly string[]>> = {
  title: ['title'],
  subject: ['subject'],
  preheader: ['preheader'],
  description: ['description', 'summary', 'excerpt'],
  image: IMAGE_KEYS,
  source: ['source_url', 'sourceurl', 'source_name', 'sourcename'],
  date: ['date', 'publishdate', 'pubdate'],
};

/** On which lines of its file a post says what it says, its own words for us under `newsletter:` first. */
export function fieldLines(data: FrontMatter): Issue['lines'] {
  const newsletter = findField(data, 'newsletter')?.value;
  const maps: FieldMap[] = newsletter?.kind === 'map' ? [newsletter, data] : [data];
  const lines: Partial<Record<IssueField, number>> = {};
  for (const [name, keys] of Object.entries(KEYS) as [IssueField, readonly string[]][]) {
    const field = maps.flatMap((map) => findField(map, ...keys) ?? []).at(0);
    if (field !== undefined) lines[name] = field.line;
  }
  return lines;
}
