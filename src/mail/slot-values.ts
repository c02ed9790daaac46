import type { SlotName } from '../domain/rendered-issue.ts';

/** What goes into the slots of one body for one reader. */
export type SlotValues = Readonly<Record<SlotName, string>>;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapedForHtml(values: SlotValues): SlotValues {
  return {
    greeting: escapeHtml(values.greeting),
    unsubscribeUrl: escapeHtml(values.unsubscribeUrl),
    readerUrl: escapeHtml(values.readerUrl),
    webUrl: escapeHtml(values.webUrl),
  };
}

export const isSlotName = (name: string): name is SlotName =>
  name === 'greeting' || name === 'unsubscribeUrl' || name === 'readerUrl' || name === 'webUrl';

const escapeHtml = (text: string): string =>
  /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '') : text;
