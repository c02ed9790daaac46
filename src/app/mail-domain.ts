import type { Config } from '../config.ts';
import { parseEmailAddress } from '../domain/email-address.ts';

/** What List-Ids and Message-IDs stand under. */
export function mailDomain(config: Config): string {
  const { hostname } = new URL(config.baseUrl);
  return parseEmailAddress(`x@${hostname}`) === undefined ? 'partwork.localdomain' : hostname;
}
