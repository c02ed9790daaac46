/** The MIME headers of a message with a text and an HTML part, and the blank line behind them (RFC 2046 §5.1.4). */
export const multipartHead = (boundary: string): string =>
  `MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="${boundary}"\r\n\r\n`;

/** What stands before one part's base64 lines. The simplest part comes first. */
export const partHead = (boundary: string, kind: 'plain' | 'html'): string =>
  `--${boundary}\r\nContent-Type: text/${kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n`;

export const multipartEnd = (boundary: string): string => `--${boundary}--\r\n`;

/**
 * A boundary from hex digits that identify the message: derived, not random, so that a repeat has the same bytes. Base64
 * lines cannot contain it.
 */
export const boundaryOf = (identity: string): string => `=_${identity}`;
