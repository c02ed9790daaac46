import type { Root } from 'mdast';
import { mdxFromMarkdown } from 'mdast-util-mdx';
import { mdxjs } from 'micromark-extension-mdxjs';
import type { Processor } from 'unified';
import { markdownBase } from '../../article/markdown-base.ts';
import { MOST_WORK, readingWork } from './reading-work.ts';
import { headingIdSyntax } from '../attribute-list/attribute-list-syntax.ts';

/** Why a text is not MDX. The line is 1-based and counted in that text. */
export interface MdxFault {
  readonly line: number;
  readonly reason: string;
}

const mdx = markdownBase().use(mdxSyntax).freeze();

/** Each takes another look at the whole post. */
const MOST_COMMENTS = 50;

/** MDX → Markdown's tree with elements, expressions and imports in it, none of which is run; or why it is none. */
export function parseMdx(text: string): Root | MdxFault {
  if (readingWork(text) > MOST_WORK) return { line: 1, reason: 'There are more braces than a post can need' };
  let readable = text;
  for (let comments = 0; ; comments += 1) {
    const parsed = attempt(readable);
    const next = 'type' in parsed ? undefined : withoutComment(readable, parsed.offset - 1);
    if (next === undefined || comments === MOST_COMMENTS) return parsed;
    readable = next;
  }
}

function attempt(text: string): Root | (MdxFault & { readonly offset: number }) {
  try {
    return mdx.parse(text);
  } catch (error) {
    // What reads the expressions goes down into them, as deep as they are.
    if (error instanceof RangeError) return { line: 1, offset: 0, reason: 'Something is nested too deeply' };
    if (!isSyntaxError(error)) throw error;
    const { place, reason } = error;
    const point = place !== undefined && 'start' in place ? place.start : place;
    // An element that is never closed is known only at the end, and where it opens is in the words.
    const opened = Number(/\((\d+):\d+-/.exec(reason)?.[1] ?? 1);
    return { line: point?.line ?? opened, offset: point?.offset ?? 0, reason };
  }
}

function mdxSyntax(this: Processor): void {
  const data = this.data();
  (data.micromarkExtensions ??= []).push(mdxjs(), headingIdSyntax);
  (data.fromMarkdownExtensions ??= []).push(mdxFromMarkdown());
}

interface SyntaxFault {
  readonly reason: string;
  readonly place: Place | { readonly start: Place } | undefined;
}

interface Place {
  readonly line: number;
  readonly offset?: number;
}

const isSyntaxError = (error: unknown): error is SyntaxFault =>
  error instanceof Error && 'reason' in error && 'place' in error;

// Docusaurus allows `<!-- -->`, which MDX itself does not. What takes its place has its length, so that all else stays where it is.
function withoutComment(text: string, from: number): string | undefined {
  const end = text.startsWith('<!--', from) ? text.indexOf('-->', from + '<!--'.length) : -1;
  if (end < 0) return undefined;
  const inside = text.slice(from + '{/*'.length, end).replace(/[^\r\n]/g, ' ');
  return `${text.slice(0, from)}{/*${inside}*/}${text.slice(end + '*/}'.length)}`;
}
