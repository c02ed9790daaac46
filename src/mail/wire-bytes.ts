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
