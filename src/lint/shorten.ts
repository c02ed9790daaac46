const LONGEST = 60;

/** Text for a sentence: one line, and no longer than a reader of messages can take. */
export function shorten(text: string, longest: number = LONGEST): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('')}…`;
}
