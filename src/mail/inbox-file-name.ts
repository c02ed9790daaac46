const NAME = /^(\d{4,})(?:-.*)?\.eml$/;
const LONGEST_PART = 40;

/** `0001-ash@example.com-the-first-frost.eml`: sorts by arrival, readable in a file list, safe on every file system. */
export function inboxFileName(number: number, recipient: string, subject: string): string {
  const parts = [recipient.replace(/[^A-Za-z0-9.@_+-]/g, '_').slice(0, LONGEST_PART), slug(subject)];
  return `${[String(number).padStart(4, '0'), ...parts.filter((part) => part !== '')].join('-')}.eml`;
}

/** The number in a name of ours; undefined for any other file. */
export function numberOfInboxFile(name: string): number | undefined {
  const number = NAME.exec(name)?.[1];
  return number === undefined ? undefined : Number(number);
}

function slug(text: string): string {
  const words = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/(?:[^\p{L}\p{M}\p{N}]|\p{Variation_Selector})+/gu, '-');
  // By characters, not UTF-16 units, and few enough that three bytes each still fit a file name of 255.
  const cut = Array.from(words.replace(/^-/, '')).slice(0, LONGEST_PART).join('');
  return cut.replace(/-$/, '');
}
