import type { FootnoteDefinition, Root, RootContent } from 'mdast';
import { visit } from 'unist-util-visit';
import type { ReportInBody } from '../article/report-in-body.ts';
import { text } from './markdown-nodes.ts';

/** Tells of notes that nothing refers to, which no reader would see, and makes words of references to no note. */
export function settleNotes(tree: Root, report: ReportInBody): void {
  const notes = new Map<string, FootnoteDefinition>();
  visit(tree, 'footnoteDefinition', (note) => {
    if (!notes.has(note.identifier)) notes.set(note.identifier, note);
  });
  const unused = new Map(notes);
  visit(tree, 'footnoteReference', ({ identifier, label, position }, index, parent) => {
    unused.delete(identifier);
    if (notes.has(identifier) || index === undefined || parent === undefined) return;
    (parent.children as RootContent[])[index] = {
      ...text(`[^${label ?? identifier}]`),
      ...(position && { position }),
    };
  });
  for (const note of unused.values()) report(note, unusedNote(note));
}

const unusedNote = ({ identifier, label }: FootnoteDefinition): Parameters<ReportInBody>[1] => ({
  rule: 'unused-note',
  message: `Nothing refers to the note [^${label ?? identifier}], so no reader would see it.`,
  fix: 'Put its mark where the note belongs, or take the note out.',
});
