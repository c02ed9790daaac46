/** One encoded word of a header (RFC 2047 §2). */
export interface EncodedWord {
  /** `=?UTF-8?B?…?=`. */
  readonly source: string;
  /** What it says by itself; undefined when its charset or encoding is unknown, or a character is cut. */
  readonly decoded: string | undefined;
  /** Whether white space, a parenthesis or the edge of the field is on both sides of it. */
  readonly isApart: boolean;
}

const WORD = /=\?([^?\s]+)\?([^?\s]+)\?([^?]*)\?=/g;

/** The encoded words of an unfolded field, in their order. */
export function encodedWordsIn(value: string): EncodedWord[] {
  return [...value.matchAll(WORD)].map((match) => {
    const [source, charset = '', encoding = '', payload = ''] = match;
    const before = value.charAt(match.index - 1);
    const after = value.charAt(match.index + source.length);
    return {
      source,
      decoded: decode(charset, encoding, payload),
      isApart: /^[\s(]?$/.test(match.index === 0 ? '' : before) && /^[\s)]?$/.test(after),
    };
  });
}

function decode(charset: string, encoding: string, payload: string): string | undefined {
  const bytes = bytesOf(encoding.toUpperCase(), payload);
  if (bytes === undefined) return undefined;
  try {
    // RFC 2231 allows a language behind the charset.
    return new TextDecoder(charset.replace(/\*.*$/, ''), { fatal: true }).decode(bytes);
  } catch {
    // An unknown charset, or bytes that are no text in it: both are what the caller asks about.
    return undefined;
  }
}

function bytesOf(encoding: string, payload: string): Uint8Array | undefined {
  if (encoding === 'B') {
    return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(payload)
      ? Buffer.from(payload, 'base64')
      : undefined;
  }
  if (encoding !== 'Q' || !/^(?:[!-<>@-~]|=[0-9A-Fa-f]{2})*$/.test(payload)) return undefined;
  const decoded = payload
    .replaceAll('_', ' ')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(decoded, 'latin1');
}
