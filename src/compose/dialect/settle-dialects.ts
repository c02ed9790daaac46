import type { Root } from 'mdast';
import type { Words } from '../words.ts';
import { applyAbbreviations } from './apply-abbreviations.ts';
import { applyAttributeLists } from './attribute-list/apply-attribute-lists.ts';
import { dropExtensionMarks } from './attribute-list/drop-extension-marks.ts';
import { findDefinitions, spreadDefinitions } from './definition-list/find-definitions.ts';
import { dropContentsMarks } from './drop-contents-marks.ts';
import { showEmoji } from './emoji/show-emoji.ts';

/** Turns what dialects of Markdown add to it into Markdown's own: attribute lists, definition
 * lists, abbreviations, emoji names, marks for a table of contents. */
export function settleDialects(tree: Root, words: Words): void {
  dropExtensionMarks(tree);
  applyAttributeLists(tree, words);
  showEmoji(tree);
  findDefinitions(tree);
  spreadDefinitions(tree);
  dropContentsMarks(tree);
  applyAbbreviations(tree);
}
