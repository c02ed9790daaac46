import { parseEmailAddress, type EmailAddress } from './email-address.ts';

/** A header sender: `Ivy Garden <ivy@example.com>`. */
export interface Mailbox {
  /** '' when there is only an address. */
  readonly name: string;
  readonly address: EmailAddress;
}

const LONGEST_NAME = 200;
const NAME_AND_ADDRESS = /^([^<>]*)<([^<>]*)>$/;
const QUOTED = /^"((?:[^"\\]|\\.)*)"$/;
// C0 and C1 controls, line separators, bidirectional overrides and isolates (UAX #9), and halves of a surrogate pair:
// in a header they end it early, or make it read as something it is not.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;

/** Whether a text has characters that no line shown to a reader may have: controls, line breaks, bidirectional overrides. */
export const hasHiddenCharacters = (text: string): boolean => HIDDEN.test(text);

/** `Name <address>`, `"Name, quoted" <address>` or a bare address; undefined for anything else. */
export function parseMailbox(text: string): Mailbox | undefined {
  const typed = text.trim();
  const [, typedName, bracketed] = NAME_AND_ADDRESS.exec(typed) ?? [];
  const name = parseName(typedName ?? '');
  const address = parseEmailAddress(bracketed ?? typed);
  return name === undefined || address === undefined ? undefined : { name, address };
}

/** RFC 5322 display-name, more kindly: commas and dots need no quotes. */
function parseName(typed: string): string | undefined {
  const text = typed.trim();
  const quoted = QUOTED.exec(text)?.[1];
  if (quoted === undefined && text.includes('"')) return undefined;

  const name = (quoted?.replace(/\\(.)/gu, '$1') ?? text).normalize('NFC').trim();
  return name.length > LONGEST_NAME || hasHiddenCharacters(name) ? undefined : name;
}
