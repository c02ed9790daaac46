import type { Source } from '../domain/issue.ts';
import type { Complaints } from './complaints.ts';
import { findField } from './find-field.ts';
import type { FrontMatter } from './front-matter-value.ts';
import { readLine } from './read-line.ts';

/** `source_url` and `source_name`: where the post's matter comes from. Undefined when it has neither. */
export function readSource(data: FrontMatter, complaints: Complaints): Source | undefined {
  const field = findField(data, 'source_url', 'sourceurl');
  const typed = readLine(field, complaints);
  const url = typed !== undefined && isWebAddress(typed) ? typed : undefined;
  if (typed !== undefined && url === undefined) {
    const message = `\`${field?.key}\` is not a web address, so it is not linked.`;
    complaints.warn(field?.line, message, 'Begin it with `https://`.');
  }
  const name = readLine(findField(data, 'source_name', 'sourcename'), complaints);
  if (url === undefined && name === undefined) return undefined;
  return { ...(url === undefined ? {} : { url }), ...(name === undefined ? {} : { name }) };
}

const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);
