import type { Issue, IssueField } from '../domain/issue.ts';
import { findField } from './find-field.ts';
import type { Field, FieldMap, FrontMatter } from './front-matter-value.ts';
import { datedPublished } from './read-dates.ts';
import { IMAGE_KEYS } from './read-image.ts';

/** On which lines of its file a post says what it says; its words for us alone stand under `newsletter:`. */
export function fieldLines(data: FrontMatter): Issue['lines'] {
  const value = findField(data, 'newsletter')?.value;
  const newsletter = value?.kind === 'map' ? value : undefined;
  const fields: Record<IssueField, Field | undefined> = {
    title: findField(data, 'title'),
    subject: fieldOfOurs(newsletter, 'subject'),
    preheader: fieldOfOurs(newsletter, 'preheader'),
    description: findField(data, 'description', 'summary', 'excerpt'),
    image: findField(data, ...IMAGE_KEYS),
    source: findField(data, 'source_url', 'sourceurl', 'source_name', 'sourcename'),
    date: findField(data, 'date', 'publishdate', 'pubdate') ?? datedPublished(findField(data, 'published')),
  };
  const found = Object.entries(fields).flatMap(([name, field]) => (field ? [[name, field.line]] : []));
  return Object.fromEntries(found) as Issue['lines'];
}

const fieldOfOurs = (newsletter: FieldMap | undefined, name: string): Field | undefined =>
  newsletter && findField(newsletter, name);
