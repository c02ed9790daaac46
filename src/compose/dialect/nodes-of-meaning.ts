import type { RootContent } from 'mdast';
import { asBlocks } from './as-blocks.ts';
import type { TagMeaning } from './template-tag.ts';

/** What a tag means, as nodes for the place where the tag stood in the text. */
export function nodesOf(meaning: TagMeaning): readonly RootContent[] {
  switch (meaning.kind) {
    case 'blocks':
      return asBlocks(meaning.nodes);
    case 'inline':
      return meaning.nodes;
    case 'url':
      return [{ type: 'link', url: meaning.url, children: [{ type: 'text', value: meaning.url }] }];
    case 'text':
      return [{ type: 'text', value: meaning.text }];
    case 'nothing':
      return [];
  }
}
