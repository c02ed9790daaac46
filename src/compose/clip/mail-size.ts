import type { SlotName, Slotted } from '../../domain/rendered-issue.ts';

/** Gmail shows so many bytes of a decoded HTML part and hides the rest, the link to unsubscribe among it. */
const CLIPPED_AT = 102_000;

/** What is put in on the way, which we never see: a gateway's "from outside" banner, a list's footer, links rewritten to be longer. */
const ADDED_ON_THE_WAY = 4_000;

/** Bytes that the HTML of a mail may have when it leaves us. */
export const MOST_HTML = CLIPPED_AT - ADDED_ON_THE_WAY;

/** From here on the writer is told: the next paragraph may be one too many. */
export const LARGE_HTML = 90_000;

/** More than a reader's own values take: links with their tokens under a long domain, a greeting with a long name. */
const SLOT_BYTES: Readonly<Record<SlotName, number>> = {
  greeting: 200,
  unsubscribeUrl: 200,
  readerUrl: 200,
  webUrl: 200,
};

/** The bytes of an HTML part with its slots filled, rather too many than too few. */
export const mailedBytes = (html: Slotted): number =>
  html.reduce(
    (sum, part, index) => sum + (index % 2 === 0 ? Buffer.byteLength(part) : SLOT_BYTES[part as SlotName]),
    0,
  );
