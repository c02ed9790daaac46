// Whatever would need escaping in a path, a key, a URL or a shell.
const RESERVED = /[\s/\\:*?"'`<>|{}()[\]#%&$;,!\p{Cc}\p{Cf}\p{Surrogate}]+/gu;
const LONGEST = 120;

/** A name made fit to be an id: NFC, CJK kept, white space and characters with a meaning elsewhere become `-`. '' when nothing is left. */
export function toIdentifier(name: string): string {
  const id = name
    .normalize('NFC')
    .replace(RESERVED, '-')
    .replace(/^[-.]+|[-.]+$/gu, '');
  return Array.from(id).slice(0, LONGEST).join('');
}

/** Whether a name a writer chose can be an id as it is. */
export const isIdentifier = (name: string): boolean =>
  name !== '' && toIdentifier(name) === name.normalize('NFC');

/** How two spellings of a name are compared: `Winter Notes`, `winter-notes`. */
export const foldName = (name: string): string => toIdentifier(name).toLowerCase();
