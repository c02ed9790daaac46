import type { IssueId } from '../domain/issue.ts';
import type { Complaints } from './complaints.ts';
import { findField } from './find-field.ts';
import { isIdentifier, toIdentifier } from './identifier.ts';
import type { Post } from './post.ts';
import { readLine } from './read-line.ts';

/** What an issue stays known by: `id`, else `slug`, else the file's name without date or number. */
export function readIssueId({ data, name }: Post, complaints: Complaints): IssueId {
  for (const key of ['id', 'slug']) {
    const field = findField(data, key);
    const typed = readLine(field, complaints);
    if (typed === undefined) continue;
    if (isIdentifier(typed)) return typed as IssueId;

    const suggestion = toIdentifier(typed) || 'frost';
    const message = `\`${field?.key}: ${typed}\` cannot name an issue: only letters, digits, \`-\`, \`_\` and \`.\` can.`;
    complaints.error(field?.line, message, `Write \`${key}: ${suggestion}\`.`);
  }
  return (toIdentifier(name.bare) || toIdentifier(name.base) || 'issue') as IssueId;
}
