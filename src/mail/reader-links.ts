import { keysFor, messageIdOf, subscriptionToken } from '../domain/token.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { MessageFields } from './issue-headers.ts';

export interface LinkSettings {
  /** Where readers reach Partwork, without a trailing slash. */
  readonly baseUrl: string;
  /** The first signs. */
  readonly secrets: readonly string[];
  /** Right side of Message-IDs. */
  readonly domain: string;
}

/** What makes a message one reader's: links that only we could have made, and an id that is the same on every try. */
export function readerFields({
  baseUrl,
  secrets,
  domain,
}: LinkSettings): (delivery: Delivery) => MessageFields {
  const unsubscribe = keysFor(secrets, 'unsubscribe');
  const reader = keysFor(secrets, 'reader');
  const messageId = keysFor(secrets, 'message-id');
  return (delivery) => {
    const { series, issue, address, name, datedAt } = delivery;
    const archiveUrl = `${baseUrl}/s/${encodeURIComponent(series)}`;
    return {
      to: { name, address },
      messageId: messageIdOf(messageId, delivery, domain),
      date: datedAt,
      unsubscribeUrl: `${baseUrl}/u/${subscriptionToken(unsubscribe, delivery)}`,
      readerUrl: `${baseUrl}/m/${subscriptionToken(reader, delivery)}`,
      webUrl: `${archiveUrl}/${encodeURIComponent(issue)}`,
      archiveUrl,
    };
  };
}
