import type { App } from '../../app.ts';
import { parseEmailAddress } from '../../domain/email-address.ts';
import { subscriberIdOf, type SubscriberId } from '../../domain/subscriber.ts';
import { plainText } from '../plain-text.ts';
import type { Terminal } from '../terminal.ts';

/** The id behind an address as typed, or undefined after having said that it is none. */
export function idOrSaid(terminal: Terminal, app: App, typed: string): SubscriberId | undefined {
  const address = parseEmailAddress(typed);
  if (address !== undefined) return subscriberIdOf(address, app.salt);
  terminal.say(`"${plainText(typed)}" is not an address.`);
  return undefined;
}
