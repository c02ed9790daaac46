import { TextDecoder } from 'node:util';

const BOMS: readonly [string, readonly number[]][] = [
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
const LONGEST_BOM = 2;

/**
 * Bytes as they come from a file → text, without the byte order mark. UTF-16 when such a mark says so, else UTF-8;
 * bytes that are neither become U+FFFD.
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let head = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (decoder !== undefined) {
      yield decoder.decode(chunk, { stream: true });
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < LONGEST_BOM) continue;
    decoder = decoderFor(head);
    yield decoder.decode(head, { stream: true });
  }
  yield decoder === undefined ? decoderFor(head).decode(head) : decoder.decode();
}

function decoderFor(head: Uint8Array): TextDecoder {
  const [encoding = 'utf-8'] = BOMS.find(([, bom]) => bom.every((byte, index) => head[index] === byte)) ?? [];
  return new TextDecoder(encoding);
}
