import type { RootContent } from 'mdast';
import { WEB_VERSION } from '../../article/link-target.ts';
import { code, inlineCode } from '../markdown-nodes.ts';
import { nodesOf } from '../nodes-of-meaning.ts';
import { reportNotUnderstood } from '../not-understood.ts';
import { seeOnWeb } from '../see-on-web.ts';
import { placeOnLine } from '../shift-lines.ts';
import { meaningOf } from '../tag-meaning.ts';
import type { TagMeaning, TemplateTag } from '../template-tag.ts';
import { dedent } from './dedent.ts';
import type { HeldTag, HeldText } from './hold-tags.ts';
import { insteadOf } from './instead-of.ts';
import { parsePart } from './parse-part.ts';
import { asCode } from './shown-as-code.ts';
import type { TagMarks } from './tag-marks.ts';
import type { TagReader } from './tag-reader.ts';

/** What stands where marks are, by the number of the tag. */
export interface HeldMeanings {
  readonly marks: TagMarks;
  readonly reader: TagReader;
  /** In text. Tells what is not understood. */
  readonly nodes: (tag: number) => readonly RootContent[];
  /** In an address or an attribute; undefined when the tag is no text, which the caller tells. */
  readonly words: (tag: number) => string | undefined;
  /** In code: one line as the writer wrote it. */
  readonly source: (tag: number, line: number) => string;
  readonly tag: (tag: number) => TemplateTag;
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
    nodes: (tag) => nodesFor(heldTag(tag), given),
    words: (tag) => wordsFor(heldTag(tag), given),
    source: (tag, line) => heldTag(tag).lines[line] ?? '',
    tag: (tag) => templateTag(heldTag(tag), given),
  };
}

function nodesFor(held: HeldTag, given: Given): readonly RootContent[] {
  const { span } = held;
  const line = given.before + held.line;
  const nodes = ownNodes(held, given) ?? tagNodes(held, given);
  if (span.tag.role !== 'hidden') placeOnLine(nodes, line);
  return nodes;
}

/** What needs no knowledge of any tag. */
function ownNodes({ span, inner = '', lines }: HeldTag, { reader }: Given): RootContent[] | undefined {
  const { role, name } = span.tag;
  if (role === 'hidden') return [];
  if (role === 'formula')
    return [name === 'inline' ? inlineCode(formulaIn(inner)) : code(dedent(inner).trim())];
  if (role === 'shown') return [inlineCode(lines.map((line) => asCode(line, reader.place.issue)).join(' '))];
  return undefined;
}

// GitHub lets writers put backticks inside the dollars.
const formulaIn = (inner: string): string => inner.replace(/^`([^]*)`$/, '$1').trim();

function tagNodes(held: HeldTag, given: Given): readonly RootContent[] {
  const { reader } = given;
  const tag = templateTag(held, given);
  const meaning = held.span.tag.role === 'opens' ? meaningOf(tag, reader) : undefined;
  if (meaning?.kind === 'url' && meaning.url === WEB_VERSION) return [seeOnWeb(reader.words)];
  if (meaning !== undefined) return nodesOf(meaning);
  const instead = held.span.tag.role === 'closes' ? 'nothing' : insteadOf(tag);
  reportNotUnderstood(tag, instead, reader.report);
  if (instead === 'inner') return tag.inner?.blocks() ?? [];
  return instead === 'link' ? [seeOnWeb(reader.words)] : [];
}

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
