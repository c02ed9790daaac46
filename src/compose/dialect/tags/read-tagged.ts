import type { Root, RootContent } from 'mdast';
import { holdTags } from './hold-tags.ts';
import { meaningsOf } from './held-meanings.ts';
import { parsePart } from './parse-part.ts';
import { pairTags } from './pair-tags.ts';
import { replaceTags } from './replace-tags.ts';
import { scanTags } from './scan-tags.ts';
import { tagMarks } from './tag-marks.ts';
import type { TagReader } from './tag-reader.ts';

/** Tags in tags in tags: what is deeper is not written by hand. */
const DEEPEST = 6;

/** A post, or the part of it after `before` lines, → Markdown's tree, with lines of the post, in which every tag is replaced by what it means. */
export function readTagged(text: string, before: number, reader: TagReader): Root {
  const spans = pairTags(scanTags(text, reader.language), reader.depth < DEEPEST);
  if (spans.length === 0) return parsePart(text, before, reader);
  const marks = tagMarks(text);
  const held = holdTags(text, spans, marks);
  const tree = parsePart(held.text, before, reader);
  const inner = { ...reader, depth: reader.depth + 1 };
  const readInner = (part: string, lines: number): RootContent[] => readTagged(part, lines, inner).children;
  replaceTags(tree, meaningsOf({ held, marks, before, reader, readInner }));
  return tree;
}
