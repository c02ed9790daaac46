import { hasHiddenCharacters } from '../domain/mailbox.ts';
import type { Complaints } from './complaints.ts';
import type { Field, Scalar } from './front-matter-value.ts';

/** `issues:`, a list of paths and slugs in the order readers get them; undefined when absent. */
export function readIssueList(field: Field | undefined, complaints: Complaints): Scalar[] | undefined {
  if (field === undefined) return undefined;
  if (field.value.kind !== 'list') {
    const fix = 'Write each post on a line of its own: `- 01-frost.md`.';
    complaints.error(field.line, '`issues` must be a list of paths or slugs.', fix);
    return undefined;
  }
  const entries: Scalar[] = [];
  for (const item of field.value.items) {
    if (item.kind === 'scalar' && item.text.trim() !== '' && !hasHiddenCharacters(item.text))
      entries.push(item);
    else complaints.error(item.line, 'An entry of `issues` must be the path or slug of a post.');
  }
  return entries;
}
