import { escapeHtml } from '../domain/escape-html.ts';
import type { SlotName } from '../domain/rendered-issue.ts';

/** What goes into the slots of one body for one reader. */
export type SlotValues = Readonly<Record<SlotName, string>>;

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
