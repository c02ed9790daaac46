/** The fields of a message that a signature covers. */
export interface SignedFields {
  /** What `h=` lists, with colons between them. */
  readonly names: string;
  /** The fields themselves in that order, as they are hashed (relaxed, RFC 6376 §3.4.2), each line ended. */
  readonly text: string;
}

/**
 * `sealed` = listed once more than it stands there, so that another one cannot be put in beside it (RFC 6376 §8.15): what
 * says who writes, to whom and what. The rest is listed where it stands there, for relays add it to mail that has none.
 * Both List-Unsubscribe fields have to be covered (RFC 8058 §4).
 */
const FIELDS: readonly (readonly [name: string, kind: 'sealed' | 'covered'])[] = [
  ['From', 'sealed'],
  ['Reply-To', 'sealed'],
  ['To', 'sealed'],
  ['Cc', 'sealed'],
  ['Subject', 'sealed'],
  ['Date', 'sealed'],
  ['Message-ID', 'covered'],
  ['MIME-Version', 'covered'],
  ['Content-Type', 'sealed'],
  ['Content-Language', 'covered'],
  ['Auto-Submitted', 'covered'],
  ['List-Id', 'covered'],
  ['List-Unsubscribe', 'covered'],
  ['List-Unsubscribe-Post', 'covered'],
  ['List-Archive', 'covered'],
  ['Feedback-ID', 'covered'],
  ['Precedence', 'covered'],
];
const PLACES = new Map(
  FIELDS.flatMap(
    ([name], place) =>
      [
        [name, place],
        [name.toLowerCase(), place],
      ] as const,
  ),
);
const LOWER_CASE = FIELDS.map(([name]) => name.toLowerCase());
const namesByCount = new Map<string, string>();

/** No `h=` of a message that has each field once at most, as ours do, is longer. */
export const MOST_NAMES = namesFor(FIELDS.map(() => 1));

/** The header of a message, without the empty line behind it → what of it is signed. */
export function signedFields(header: string): SignedFields {
  const texts: string[] = FIELDS.map(() => '');
  const counts: number[] = FIELDS.map(() => 0);
  for (const line of unfolded(header).split('\r\n')) {
    const colon = line.indexOf(':');
    const place = placeOf(line.slice(0, colon));
    if (place === undefined) continue;
    // Of fields that come more than once the last is the first to be hashed (RFC 6376 §5.4.2).
    texts[place] = `${LOWER_CASE[place]}:${trimmed(line.slice(colon + 1))}\r\n${texts[place]}`;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return { names: namesFor(counts), text: texts.join('') };
}

/** One space for every run of them, which is how we write fields ourselves: that is quicker to see than to do. */
function unfolded(header: string): string {
  const text = header.replaceAll('\r\n ', ' ');
  if (!text.includes('  ') && !text.includes('\t')) return text;
  return header.replace(/(?:[ \t]*\r\n[ \t]+)+|[ \t]{2,}|\t/g, ' ');
}

const placeOf = (name: string): number | undefined =>
  PLACES.get(name) ?? PLACES.get(name.replace(/ $/, '').toLowerCase());

/** Only spaces: what JavaScript takes for one besides may be a byte of a letter here. */
function trimmed(value: string): string {
  const start = value.startsWith(' ') ? 1 : 0;
  return value.slice(start, value.endsWith(' ') ? -1 : undefined);
}

function namesFor(counts: readonly number[]): string {
  const key = counts.join(' ');
  const known = namesByCount.get(key);
  if (known !== undefined) return known;
  const names = FIELDS.flatMap(([name, kind], place) => {
    const times = (counts[place] ?? 0) + (kind === 'sealed' ? 1 : 0);
    return Array.from({ length: times }, () => name);
  }).join(':');
  namesByCount.set(key, names);
  return names;
}
