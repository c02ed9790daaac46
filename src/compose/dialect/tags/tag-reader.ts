import type { Root } from 'mdast';
import type { TagContext } from '../template-tag.ts';
import type { TagLanguage } from './scan-tags.ts';

/** What is needed to read a part of a post with the tags in it. */
export interface TagReader extends TagContext {
  readonly language: TagLanguage;
  /** Reads Markdown, or MDX, in which there are no tags any more; positions are those of the text, which begins after `before` lines of the body. */
  readonly parse: (text: string, before: number) => Root;
  /** Labels that links and footnotes anywhere in the body may be resolved by, in lower case. */
  readonly labels: ReadonlySet<string>;
  /** How many tags this part stands in. */
  readonly depth: number;
}
