import { createHash } from 'node:crypto';
import type { SlotName, Slotted } from '../domain/rendered-issue.ts';

/** What stands in a slot's place while a mail is rendered. */
export type Marks<S extends string> = Readonly<Record<S, string>>;

export type SlotMarks = Marks<SlotName | 'article'>;

/** Marks of an issue's slots. */
export const slotMarks = (content: string): SlotMarks =>
  marksFor(['greeting', 'unsubscribeUrl', 'readerUrl', 'webUrl', 'article'], content);

/** Marks that cannot be in what they are made from: letters and digits only, so that neither Liquid nor MJML change them. */
export function marksFor<S extends string>(names: readonly S[], content: string): Marks<S> {
  const nonce = createHash('sha256').update(content).digest('hex').slice(0, 32);
  // A text that holds half of its own hash would be a discovery; making sure costs one search.
  if (content.includes(nonce)) return marksFor(names, `${content} `);
  return Object.fromEntries(names.map((name) => [name, `slot${nonce}${name}`])) as Record<S, string>;
}

/** Rendered text → literal text and slot names in turn. */
export function splitSlots(rendered: string, marks: Marks<string>): Slotted {
  const names = new Map(Object.entries(marks).map(([name, mark]) => [mark, name]));
  const parts = rendered.split(new RegExp(`(${[...names.keys()].join('|')})`));
  return parts.map((part, index) => (index % 2 === 0 ? part : (names.get(part) ?? part)));
}
