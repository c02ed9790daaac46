import type { EmailAddress } from '../domain/email-address.ts';
import type { RenderedIssue } from '../domain/rendered-issue.ts';
import { oneSafeLine } from './header-text.ts';
import {
  issueHeaders,
  type IssueHeaders,
  type MessageFields,
  type MessageSettings,
} from './issue-headers.ts';
import { boundaryOf, multipartEnd, multipartHead, partHead } from './multipart.ts';
import type { RefusedMessage } from './refused-message.ts';
import type { Slab } from './slab.ts';
import { escapedForHtml, type SlotValues } from './slot-values.ts';
import { spliceBase64, type SplicedBase64 } from './spliced-base64.ts';
import type { WireBytes } from './wire-bytes.ts';

/** One rendered issue, ready to become anybody's message. */
export interface CompiledMessage {
  readonly kind: 'compiled';
  /** The envelope sender. */
  readonly from: EmailAddress;
  /**
   * Writes one reader's message into the slab and returns it. The same fields give the same bytes, today and on another
   * machine: nothing in them comes from the clock or from chance. `room` = bytes of the slab to leave free before it.
   */
  write(slab: Slab, fields: MessageFields, room?: number): WireBytes;
}

interface Parts {
  readonly headers: IssueHeaders;
  readonly betweenHeadersAndText: Buffer;
  readonly text: SplicedBase64;
  readonly betweenTextAndHtml: Buffer;
  readonly html: SplicedBase64;
  readonly end: Buffer;
}

/** A rendered issue → its pre-encoded message: multipart/alternative, text first (RFC 2046 §5.1.4), both in base64. */
export function compileMessage(
  rendered: RenderedIssue,
  settings: MessageSettings,
): CompiledMessage | RefusedMessage {
  const headers = issueHeaders(rendered, settings);
  if (headers.kind === 'refused') return headers;

  const boundary = boundaryOf(rendered.hash);
  const parts: Parts = {
    headers,
    betweenHeadersAndText: Buffer.from(multipartHead(boundary) + partHead(boundary, 'plain')),
    text: spliceBase64(rendered.text),
    betweenTextAndHtml: Buffer.from(partHead(boundary, 'html')),
    html: spliceBase64(rendered.html),
    end: Buffer.from(multipartEnd(boundary)),
  };
  return {
    kind: 'compiled',
    from: settings.envelopeFrom ?? rendered.from.address,
    write: (slab, fields, room = 0) => writeMessage(parts, slab, room, fields, textValues(rendered, fields)),
  };
}

function writeMessage(
  parts: Parts,
  slab: Slab,
  room: number,
  fields: MessageFields,
  values: SlotValues,
): WireBytes {
  const htmlValues = escapedForHtml(values);
  const head = parts.headers.forReader(fields);
  const size =
    room +
    head.length +
    parts.betweenHeadersAndText.length +
    parts.text.sizeFor(values) +
    parts.betweenTextAndHtml.length +
    parts.html.sizeFor(htmlValues) +
    parts.end.length;

  const target = slab.reserve(size);
  let end = room + target.write(head, room, 'latin1');
  end += parts.betweenHeadersAndText.copy(target, end);
  end = parts.text.write(target, end, values);
  end += parts.betweenTextAndHtml.copy(target, end);
  end = parts.html.write(target, end, htmlValues);
  end += parts.end.copy(target, end);
  // Headers are folded with CRLF, bodies are base64 lines: no line can begin with a dot or end in anything else.
  return target.subarray(room, end) as WireBytes;
}

function textValues({ greeting }: RenderedIssue, fields: MessageFields): SlotValues {
  const name = oneSafeLine(fields.to.name);
  return {
    greeting: name === '' ? greeting.plain : greeting.named.replaceAll('{name}', () => name),
    unsubscribeUrl: oneSafeLine(fields.unsubscribeUrl),
    readerUrl: oneSafeLine(fields.readerUrl),
    webUrl: oneSafeLine(fields.webUrl),
  };
}
