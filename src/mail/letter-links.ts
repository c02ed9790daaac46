import type { LetterOrder, LetterSlot } from '../domain/letter.ts';
import { confirmToken, dataToken, keysFor, letterIdOf, subscriptionToken } from '../domain/token.ts';
import type { LinkSettings } from './reader-links.ts';

/** What makes a letter one reader's: its id, the same on every try, and its links. */
export interface LetterLinks extends Readonly<Record<Exclude<LetterSlot, 'greeting'>, string>> {
  /** With angle brackets. */
  readonly messageId: string;
}

/** Where each letter's button leads, and the other links that it may have. */
export function letterLinks({ baseUrl, secrets, domain }: LinkSettings): (order: LetterOrder) => LetterLinks {
  const unsubscribe = keysFor(secrets, 'unsubscribe');
  const reader = keysFor(secrets, 'reader');
  const confirm = keysFor(secrets, 'confirm');
  const data = keysFor(secrets, 'data');
  const messageId = keysFor(secrets, 'message-id');
  return (order) => {
    const { series, subscriber, at } = order;
    const readerUrl = `${baseUrl}/m/${subscriptionToken(reader, order)}`;
    const actionUrls = {
      confirm: `${baseUrl}/c/${encodeURIComponent(series)}/${confirmToken(confirm, order, at)}`,
      known: readerUrl,
      welcome: readerUrl,
      goodbye: `${baseUrl}/s/${encodeURIComponent(series)}`,
      finished: readerUrl,
      data: `${baseUrl}/d/${dataToken(data, subscriber, at)}`,
    };
    return {
      messageId: letterIdOf(messageId, order, domain),
      actionUrl: actionUrls[order.kind],
      readerUrl,
      unsubscribeUrl: `${baseUrl}/u/${subscriptionToken(unsubscribe, order)}`,
    };
  };
}
