import { createHash } from 'node:crypto';
import type { SlotName, Slotted } from '../domain/rendered-issue.ts';

/** What stands in a slot's place while an issue is rendered. */
export type SlotMarks = Readonly<Record<SlotName, string>> & { readonly article: string };

/** Marks that cannot be in what they are made from: letters and digits only, so that neither Liquid nor MJML change them. */
export function slotMarks(content: string): SlotMarks {
  const nonce = createHash('sha256').update(content).digest('hex').slice(0, 32);
  // A text that holds half of its own hash would be a discovery; making sure costs one search.
  if (content.includes(nonce)) return slotMarks(`${content} `);
  return {
    greeting: `slot${nonce}greeting`,
    unsubscribeUrl: `slot${nonce}unsubscribeUrl`,
    readerUrl: `slot${nonce}readerUrl`,
    webUrl: `slot${nonce}webUrl`,
    article: `slot${nonce}article`,
  };
}

/** Rendered text → literal text and slot names in turn. */
export function splitSlots(rendered: string, marks: SlotMarks): Slotted {
  const nonce = marks.greeting.slice(0, -'greeting'.length);
  return rendered.split(new RegExp(`${nonce}(greeting|unsubscribeUrl|readerUrl|webUrl)`));
}
