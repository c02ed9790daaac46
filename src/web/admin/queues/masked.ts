/** What a job may say: ids of ours, and when. */
const ID_FIELDS: ReadonlySet<string> = new Set(['series', 'issue', 'partition', 'subscriber', 'kind', 'at']);
const ADDRESS = /(?:"[^"\n]*"|[^\s<>"',;()[\]]+)?(?:@|＠|%40)[^\s<>"',;()[\]]*/gi;
const LINK = /\bhttps?:\/\/[^\s<>"')]+/gi;
const MASK = '…';

/**
 * An answer of bull-board without what is nobody's business: of a job's data only ids; no results; and no address and no link anywhere, since
 * an error may repeat what a mail server said.
 */
export function masked(value: unknown, field = ''): unknown {
  if (field === 'returnValue') return null;
  if (typeof value === 'string') return value.replace(LINK, MASK).replace(ADDRESS, MASK);
  if (Array.isArray(value)) return value.map((one) => masked(one, field));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      field === 'data' && !ID_FIELDS.has(name) ? MASK : masked(one, name),
    ]),
  );
}
