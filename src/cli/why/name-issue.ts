import type { IssueRef } from '../../domain/story.ts';
import { plainText } from '../plain-text.ts';

const TITLE_COLUMNS = 80;

/** `#2 "Let your eyes arrive"`; without the number where it was taken out. */
export function nameIssue({ number, title }: IssueRef): string {
  const quoted = `"${plainText(title, TITLE_COLUMNS)}"`;
  return number === undefined ? `${quoted} (taken out of the series)` : `#${number} ${quoted}`;
}
