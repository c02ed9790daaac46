import { domainToASCII } from 'node:url';

/** An addr-spec that passed `parseEmailAddress`: safe in an envelope and in a header. */
export type EmailAddress = string & { readonly __emailAddress: never };

// RFC 5321 Dot-string: no quotes, comments or groups, which parsers disagree about (reason for refusing, not for escaping).
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;
// An encoded word (RFC 2047) is a legal local part that nobody has: some servers decode it, and find another address in it.
const ENCODED_WORD = /=\?.*\?=/;
// What `domainToASCII`, a parser of URL hosts, would cut off or decode: mail must not go to what is left.
const NOT_IN_A_HOST = /[\0- %/?#\\:@[\]]/;
const LONGEST_INPUT = 320;
const LONGEST_LOCAL_PART = 64;
const LONGEST_ADDRESS = 254;

/**
 * An address as a person typed it → the address to mail, or undefined when it is not one we can mail.
 * Full-width letters become ASCII, the domain becomes lower-case A-labels (RFC 5891); the local part keeps its case.
 */
export function parseEmailAddress(typed: string): EmailAddress | undefined {
  if (typed.length > LONGEST_INPUT) return undefined;
  const text = typed.normalize('NFKC').trim();
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  if (at < 1 || local.length > LONGEST_LOCAL_PART || !LOCAL_PART.test(local)) return undefined;
  if (ENCODED_WORD.test(local)) return undefined;

  const typedDomain = text.slice(at + 1);
  if (NOT_IN_A_HOST.test(typedDomain)) return undefined;
  const domain = isPlain(typedDomain) ? typedDomain : domainToASCII(typedDomain);
  const address = `${local}@${domain}`;
  if (!DOMAIN.test(domain) || address.length > LONGEST_ADDRESS) return undefined;
  return address as EmailAddress;
}

// Of such a domain `domainToASCII` changes nothing; it takes as long as the rest together, and every mail's address is parsed.
const isPlain = (domain: string): boolean => DOMAIN.test(domain) && !domain.includes('xn--');

/** What makes two spellings one person: mail systems that tell `Ash@` from `ash@` are not found in practice. */
export const identityOf = (address: EmailAddress): string => address.toLowerCase();

export const domainOf = (address: EmailAddress): string => address.slice(address.lastIndexOf('@') + 1);
