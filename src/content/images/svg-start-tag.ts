const LONGEST_TAG = 16 * 1024;
const BLANKS = /\s*/y;
const DOCTYPE = /<!doctype[^[>]*(?:\[[^\]]*\]\s*)?>/iy;
const START_TAG = /<svg(?=[\s/>])(?:[^>"']|"[^"]*"|'[^']*')*>/iy;

/** The tag that an SVG begins with, behind declarations and comments; undefined when the text is no SVG. */
export function svgStartTag(text: string): string | undefined {
  let at = 0;
  for (let next: number | undefined = 0; next !== undefined; next = endOfPrologue(text, at)) at = next;
  START_TAG.lastIndex = 0;
  return START_TAG.exec(text.slice(at, at + LONGEST_TAG))?.[0];
}

/** Where the declaration, comment or white space ends that stands here; undefined when none does. */
function endOfPrologue(text: string, at: number): number | undefined {
  if (text.startsWith('<?', at)) return behind('?>', text, at);
  if (text.startsWith('<!--', at)) return behind('-->', text, at);
  return endOf(DOCTYPE, text, at) ?? endOf(BLANKS, text, at);
}

function behind(sign: string, text: string, at: number): number | undefined {
  const found = text.indexOf(sign, at);
  return found < 0 ? undefined : found + sign.length;
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) && pattern.lastIndex > at ? pattern.lastIndex : undefined;
}
