import type { Root } from 'mdast';
import { shiftLines } from '../shift-lines.ts';
import { definitionsFor, dropDefinitions } from './definitions-for.ts';
import type { TagReader } from './tag-reader.ts';

/** A text in which there are no tags, and which stands after `before` lines of a post, → Markdown's tree, with lines of the post. */
export function parsePart(text: string, before: number, reader: TagReader): Root {
  const definitions = definitionsFor(text, reader.labels);
  const lines = definitions.split('\n').length - 1;
  const tree = reader.parse(definitions + text, before - lines);
  dropDefinitions(tree, lines);
  if (before !== lines) shiftLines(tree, before - lines);
  return tree;
}
