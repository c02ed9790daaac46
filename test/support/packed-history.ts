/**
 * What a subscriber's hash says of the issues they have had, read as src/store/history.lua documents it: `<series>:<issue>` → when (ms, to the
 * second but for the newest) and the server's words (of the newest). No product code is used for it.
 */
export function packedHistory(
  hash: Readonly<Record<string, Buffer>>,
  codes: Readonly<Record<string, string>>,
): Map<string, { readonly at: number; readonly words: string }> {
  const had = new Map<string, { readonly at: number; readonly words: string }>();
  const add = (entry: Buffer, ms: number, words: string) => {
    const name = codes[`#${entry.readUInt16BE(0)}`];
    if (name === undefined) throw new Error(`Nobody knows issue number ${entry.readUInt16BE(0)}.`);
    had.set(name, { at: entry.readUInt32BE(2) * 1_000 + ms, words });
  };
  for (const field of chunksOf(hash)) {
    const packed = hash[field] ?? Buffer.alloc(0);
    for (let at = 0; at < packed.length; at += 6) add(packed.subarray(at, at + 6), 0, '');
  }
  const newest = hash['h'];
  if (newest !== undefined) add(newest, newest.readUInt16BE(6), newest.toString('utf8', 8));
  return had;
}

function chunksOf(hash: Readonly<Record<string, Buffer>>): string[] {
  const numbered = Object.keys(hash).filter((field) => /^h\d+$/.test(field));
  return [...numbered.toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1))), 'h+'];
}

/** A hash as text, but for the packed fields. */
export const textOf = (hash: Readonly<Record<string, Buffer>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(hash)
      .filter(([field]) => !/^h(?:\+|\d*)$/.test(field))
      .map(([field, value]) => [field, value.toString()]),
  );
