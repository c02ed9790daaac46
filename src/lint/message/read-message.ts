import PostalMime from 'postal-mime';
import { readPage } from '../page/read-page.ts';
import { valueOf, type Message, type NamedAddress } from './message.ts';
import { rawFields } from './raw-fields.ts';
import { rawParts, splitHead, type RawPart } from './raw-parts.ts';

/** Takes a message apart. Never fails: what cannot be read is missing from the result, which the rules then tell. */
export async function readMessage(bytes: Uint8Array): Promise<Message> {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const { head, body } = splitHead(raw);
  const fields = rawFields(head);
  const parts = rawParts(valueOf({ fields }, 'Content-Type'), body);
  const { from, subject } = await PostalMime.parse(Buffer.from(`${head}\r\n\r\n`, 'latin1'));
  const sender = namedAddress(from);
  const html = await contentOf(parts, 'html');
  return {
    raw,
    fields,
    parts,
    ...(sender !== undefined && { from: sender }),
    subject: subject ?? '',
    text: await contentOf(parts, 'plain'),
    html,
    page: readPage(html),
  };
}

const namedAddress = (
  found: { name: string; address?: string | undefined } | undefined,
): NamedAddress | undefined =>
  found?.address === undefined ? undefined : { name: found.name, address: found.address };

/** The first part of that kind, decoded by itself, so that no part stands in for another. */
async function contentOf(parts: readonly RawPart[], kind: 'plain' | 'html'): Promise<string> {
  const part = parts.find((one) => valueOf(one, 'Content-Type').toLowerCase().startsWith(`text/${kind}`));
  if (part === undefined) return '';
  const decoded = await PostalMime.parse(Buffer.from(part.source, 'latin1'));
  return (kind === 'plain' ? decoded.text : decoded.html) ?? '';
}
