/**
 * A message as it goes over an SMTP connection: every line ends in CRLF, none begins with an undoubled dot, the last one
 * is ended too (RFC 5321 §4.5.2). Made by `wireBytes`, or by code that cannot write anything else.
 */
export type WireBytes = Buffer & { readonly __wireBytes: never };

const NOT_READY = /(?:^|[^\r])\n|\r(?!\n)|(?:^|\n)\.|[^\n]$|^$/;

/**
 * Any message → the same for the wire. Bare CR and bare LF become CRLF: a server that takes one of them for a line end
 * would otherwise see the end of the mail inside of it, and take what follows for another mail (SMTP smuggling).
 */
export function wireBytes(message: Buffer): WireBytes {
  const text = message.toString('latin1');
  if (!NOT_READY.test(text)) return message as WireBytes;

  const lines = text.replace(/\r\n|\r|\n/g, '\r\n').replace(/^\./gm, '..');
  return Buffer.from(lines.endsWith('\r\n') ? lines : `${lines}\r\n`, 'latin1') as WireBytes;
}

const LINE_WITH_DOT = '\r\n.';
const DOT = 0x2e;

/**
 * The message itself, for a connection on which its length is said beforehand and no dot ends it (BDAT, RFC 3030): in wire form each
 * line that begins with a dot has one too many. The same memory, unless there is such a line.
 */
export function withoutStuffing(bytes: WireBytes): Buffer {
  const isFirst = bytes[0] === DOT;
  if (!isFirst && !bytes.includes(LINE_WITH_DOT)) return bytes;

  const pieces: Buffer[] = [];
  let start = isFirst ? 1 : 0;
  for (let found = bytes.indexOf(LINE_WITH_DOT); found !== -1; found = bytes.indexOf(LINE_WITH_DOT, start)) {
    const dot = found + LINE_WITH_DOT.length - 1;
    pieces.push(bytes.subarray(start, dot));
    start = dot + 1;
  }
  return Buffer.concat([...pieces, bytes.subarray(start)]);
}
