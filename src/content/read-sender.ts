import { parseEmailAddress, type EmailAddress } from '../domain/email-address.ts';
import { parseMailbox, type Mailbox } from '../domain/mailbox.ts';
import type { Complaints } from './complaints.ts';
import { findField } from './find-field.ts';
import type { Field, FieldMap } from './front-matter-value.ts';
import { readLine } from './read-line.ts';

const EXAMPLE = 'Write it like `Ivy Garden <ivy@example.com>`.';

/** `from`: a mailbox, an address, or a map of `name` and `address`. */
export function readFrom(field: Field | undefined, complaints: Complaints): Mailbox | undefined {
  if (field?.value.kind === 'map') return readMailboxMap(field, field.value, complaints);
  const text = readLine(field, complaints);
  if (text === undefined) return undefined;
  const mailbox = parseMailbox(text);
  if (mailbox === undefined) complaints.error(field?.line, `\`from: ${text}\` is not a sender.`, EXAMPLE);
  return mailbox;
}

/** `reply_to`: an address; a name before it is dropped. */
export function readReplyTo(field: Field | undefined, complaints: Complaints): EmailAddress | undefined {
  const text = readLine(field, complaints);
  if (text === undefined) return undefined;
  const mailbox = parseMailbox(text);
  if (mailbox !== undefined) return mailbox.address;
  complaints.error(
    field?.line,
    `\`${field?.key}: ${text}\` is not an address.`,
    'Write it like `ivy@example.com`.',
  );
  return undefined;
}

function readMailboxMap({ line }: Field, map: FieldMap, complaints: Complaints): Mailbox | undefined {
  const name = readLine(findField(map, 'name'), complaints) ?? '';
  const typed = readLine(findField(map, 'address', 'email'), complaints);
  const address = typed === undefined ? undefined : parseEmailAddress(typed);
  if (address !== undefined) return { name, address };
  const found = typed === undefined ? 'has no `address`' : `has \`${typed}\`, which is not an address`;
  complaints.error(line, `\`from\` ${found}.`, EXAMPLE);
  return undefined;
}
