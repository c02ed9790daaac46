import type { Root } from 'mdast';
import { defListFromMarkdown } from 'mdast-util-definition-list';
import { defList } from 'micromark-extension-definition-list';
import type { Processor } from 'unified';
import { attributeListSyntax } from '../dialect/attribute-list/attribute-list-syntax.ts';
import { dropJsx } from '../dialect/jsx-in-markdown.ts';
import { readMarkdownInHtml } from '../dialect/markdown-in-html.ts';
import { outdentHtml } from '../dialect/outdent-html.ts';
import { linkSpacedAddresses } from './link-spaced-addresses.ts';
import { markdownBase } from './markdown-base.ts';

/** The extension for definition lists takes time with the square of their number. */
const MOST_DEFINITIONS = 150;

const withAttributeLists = markdownBase().use(attributeLists).freeze();
const withDefinitionLists = withAttributeLists().use(definitionLists).freeze();

/** Markdown as blogs write it. What their dialects add are nodes of their own until `settleDialects`. */
export const parseMarkdown = (text: string): Root => parse(text, 0);

function parse(text: string, depth: number): Root {
  const definitions = text.match(/^[ \t>]*:[ \t]/gm)?.length ?? 0;
  const markdown = definitions > MOST_DEFINITIONS ? withAttributeLists : withDefinitionLists;
  const written = outdentHtml(text);
  const tree = dropJsx(linkSpacedAddresses(markdown.parse(written), written), written);
  return readMarkdownInHtml(tree, { parse, depth, text });
}

function attributeLists(this: Processor): void {
  (this.data().micromarkExtensions ??= []).push(attributeListSyntax);
}

function definitionLists(this: Processor): void {
  const data = this.data();
  (data.micromarkExtensions ??= []).push(defList);
  (data.fromMarkdownExtensions ??= []).push(defListFromMarkdown);
}
