import { createHash } from 'node:crypto';

/** What stands in the text for each line of each held tag while it is read as Markdown: letters and digits only, so that nothing changes it. */
export interface TagMarks {
  readonly mark: (tag: number, line: number) => string;
  /** Finds marks; the groups `tag` and `line` are numbers. */
  readonly pattern: RegExp;
  /** A mark after the first of its tag, with the line break before it. */
  readonly continuation: RegExp;
  readonly isIn: (text: string) => boolean;
}

/** Marks that are not in the text they are made for. */
export function tagMarks(text: string): TagMarks {
  const nonce = createHash('sha256').update(text).digest('hex').slice(0, 20);
  if (text.includes(nonce)) return tagMarks(`${text} `);
  return {
    mark: (tag, line) => `tag${nonce}n${tag}l${line}e`,
    pattern: new RegExp(`tag${nonce}n(?<tag>\\d+)l(?<line>\\d+)e`, 'g'),
    continuation: new RegExp(`(?:[ \\t]*\\r?\\n[ \\t>]*)?tag${nonce}n\\d+l[1-9]\\d*e`, 'g'),
    isIn: (other) => other.includes(nonce),
  };
}
