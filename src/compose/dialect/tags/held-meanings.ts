import type { RootContent } from 'mdast';
import { WEB_VERSION } from '../../article/link-target.ts';
import { isBlock } from '../as-blocks.ts';
import { code, inlineCode, paragraph, strong } from '../markdown-nodes.ts';
import { inMarkdown } from '../meanings/tag-arguments.ts';
import { nodesOf } from '../nodes-of-meaning.ts';
import { reportNotUnderstood, type Instead } from '../not-understood.ts';
import { seeOnWeb } from '../see-on-web.ts';
import { placeOnLine } from '../shift-lines.ts';
import { meaningOf } from '../tag-meaning.ts';
import type { TagMeaning, TemplateTag } from '../template-tag.ts';
import { dedent } from './dedent.ts';
import type { HeldTag, HeldText } from './hold-tags.ts';
import { insteadOf } from './instead-of.ts';
import { parsePart } from './parse-part.ts';
import { WHOLE } from './read-liquid.ts';
import { asCode } from './shown-as-code.ts';
import { isOfNoGenerator, isReadAsWords, tagAsCode } from './tag-as-code.ts';
import type { TagMarks } from './tag-marks.ts';
import type { TagReader } from './tag-reader.ts';

/** What stands where marks are, by the number of the tag. */
export interface HeldMeanings {
  readonly marks: TagMarks;
  readonly reader: TagReader;
  /** In text. Tells what is not understood; among words such a tag is left out. */
  readonly nodes: (tag: number, isAmongWords?: boolean) => readonly RootContent[];
  /** In an address or an attribute; undefined when the tag is no text, which the caller tells. */
  readonly words: (tag: number) => string | undefined;
  /** In code: one line as the writer wrote it. */
  readonly source: (tag: number, line: number) => string;
  readonly tag: (tag: number) => TemplateTag;
  /** From the tag to the end of what it holds, as written. */
  readonly lines: (tag: number) => readonly string[];
}

interface Given {
  readonly held: HeldText;
  readonly marks: TagMarks;
  readonly before: number;
  readonly reader: TagReader;
  /** Reads the inside of a tag, which begins after some lines of the body. */
  readonly readInner: (part: string, before: number) => RootContent[];
}

export function meaningsOf(given: Given): HeldMeanings {
  const { held, marks, reader } = given;
  const heldTag = (tag: number): HeldTag => {
    const found = held.tags[tag];
    if (found === undefined) throw new Error(`No tag was held under the number ${tag}.`);
    return found;
  };
  return {
    marks,
    reader,
    nodes: (tag, isAmongWords = false) => nodesFor(heldTag(tag), given, isAmongWords),
    words: (tag) => wordsFor(heldTag(tag), given),
    source: (tag, line) => heldTag(tag).lines[line] ?? '',
    tag: (tag) => templateTag(heldTag(tag), given),
    lines: (tag) => heldTag(tag).lines,
  };
}

function nodesFor(held: HeldTag, given: Given, isAmongWords: boolean): readonly RootContent[] {
  const { span } = held;
  const line = given.before + held.line;
  const whole = ownNodes(held, given) ?? tagNodes(held, given, isAmongWords);
  const nodes = isAmongWords && held.inner?.includes('\n') === false ? withoutParagraph(whole) : whole;
  if (span.tag.role !== 'hidden') placeOnLine(nodes, line);
  return nodes;
}

/** One line in a line is no paragraph of its own. */
function withoutParagraph(nodes: readonly RootContent[]): readonly RootContent[] {
  const paragraphs = nodes.filter(isBlock);
  const isPlain = paragraphs.every((node) => node.type === 'paragraph' && node.data === undefined);
  if (paragraphs.length !== 1 || !isPlain) return nodes;
  return nodes.flatMap((node) => (node.type === 'paragraph' ? node.children : [node]));
}

/** What needs no knowledge of any tag. */
function ownNodes({ span, inner = '', lines }: HeldTag, { reader }: Given): RootContent[] | undefined {
  const { role, name } = span.tag;
  if (role === 'hidden' && !isReadAsWords(span.tag, reader.place.issue)) return [];
  if (role === 'formula')
    return [name === 'inline' ? inlineCode(formulaIn(inner)) : code(dedent(inner).trim())];
  if (role === 'shown') return [inlineCode(lines.map((line) => asCode(line, reader.place.issue)).join(' '))];
  return undefined;
}

// GitHub lets writers put backticks inside the dollars.
const formulaIn = (inner: string): string => inner.replace(/^`([^]*)`$/, '$1').trim();

function tagNodes(held: HeldTag, given: Given, isAmongWords: boolean): readonly RootContent[] {
  const { reader } = given;
  const tag = templateTag(held, given);
  const meaning = held.span.tag.role === 'opens' ? meaningOf(tag, reader) : undefined;
  if (meaning?.kind === 'url' && meaning.url === WEB_VERSION) return [seeOnWeb(reader.words)];
  if (meaning !== undefined && !isMissingAddress(tag, meaning, reader)) return nodesOf(meaning);
  const instead = insteadIn(held, tag, isAmongWords, reader);
  if (instead !== 'code' || !isOfNoGenerator(tag.source)) reportNotUnderstood(tag, instead, reader.report);
  if (instead === 'code') return tagAsCode(held, tag);
  if (instead === 'inner') return [...labelOf(tag), ...(tag.inner?.blocks() ?? [])];
  return instead === 'link' ? [seeOnWeb(reader.words)] : [];
}

/** The words on the line of a directive, as its title. */
function labelOf({ syntax, named }: TemplateTag): RootContent[] {
  const words = syntax === 'directive' ? (named['title'] ?? '') : '';
  return words === '' ? [] : [paragraph([strong(inMarkdown(words))])];
}

function insteadIn(
  { span }: HeldTag,
  tag: TemplateTag,
  isAmongWords: boolean,
  { place }: TagReader,
): Instead {
  if (isReadAsWords(tag, place.issue)) return 'code';
  if (span.tag.role === 'closes') return 'nothing';
  const instead = insteadOf(tag);
  // Of a tag without its end nobody knows how many words were lost.
  const isLeftOut = isAmongWords && span.tag.role === 'opens' && tag.inner === undefined;
  return instead === 'link' && isLeftOut ? 'nothing' : instead;
}

/** `{{ site.url }}` that is to be read, and not the beginning of an address. */
const isMissingAddress = (tag: TemplateTag, meaning: TagMeaning, { place }: TagReader): boolean =>
  place.siteUrl === undefined &&
  meaning.kind === 'text' &&
  meaning.text === '' &&
  /^site\.url\b/.test(tag.named[WHOLE] ?? '');

function wordsFor(held: HeldTag, given: Given): string | undefined {
  const { role } = held.span.tag;
  if (role === 'hidden') return '';
  if (role === 'formula' || role === 'shown') return held.lines.join(' ');
  const meaning = role === 'opens' ? meaningOf(templateTag(held, given), given.reader) : undefined;
  return meaning === undefined ? undefined : wordsOf(meaning);
}

function wordsOf(meaning: TagMeaning): string | undefined {
  switch (meaning.kind) {
    case 'url':
      return meaning.url;
    case 'text':
      return meaning.text;
    case 'nothing':
      return '';
    case 'inline':
    case 'blocks': {
      const words = meaning.nodes.map((node) => (node.type === 'text' ? node.value : undefined));
      return words.includes(undefined) ? undefined : words.join('');
    }
  }
}

function templateTag({ span, inner, innerLine, line, lines }: HeldTag, given: Given): TemplateTag {
  const { before, reader, readInner } = given;
  const { syntax, name, positional, named } = span.tag;
  const above = before + innerLine - 1;
  let blocks: RootContent[] | undefined;
  const content =
    inner === undefined
      ? {}
      : {
          inner: {
            text: inner,
            blocks: () => (blocks ??= readInner(dedent(inner), above)),
            literally: () => parsePart(dedent(inner), above, { ...reader, depth: reader.depth + 1 }).children,
          },
        };
  const source = lines
    .join('\n')
    .slice(0, span.tag.inner === undefined ? span.tag.end - span.start : span.tag.inner.start - span.start);
  return { syntax, name, positional, named, ...content, source, line: before + line };
}
