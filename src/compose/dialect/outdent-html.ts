/** An element whose content nobody writes as Markdown, or a box whose content begins right below as HTML, opened on a line of its own. */
const OPENING = /^ {0,3}<(table|ul|ol|dl|figure|div)(?=[\s>])[^<>]*>[ \t]*$/i;
const INDENTED_TAG = /^(?: {4,}| {0,3}\t[ \t]*)(?=<\/?[a-z!])/i;
const FENCE = /^[ \t>]*(`{3,}|~{3,})/;
const AS_WRITTEN = /<(pre|script|style|textarea)(?=[\s>])/gi;
/** No table that is written by hand is longer, and looking for the end of each of many must not take for ever. */
const MOST_LINES = 1_000;

/**
 * Tags that are indented by four and more after a blank line, inside an element that the writer opened in HTML, would be code in
 * Markdown. Kramdown and the writer mean HTML: their indentation is taken away. Lines stay where they are.
 */
export function outdentHtml(text: string): string {
  if (!/^ {0,3}<(?:table|[uod]l|figure|div)\b/im.test(text)) return text;
  const lines = text.split('\n');
  let fence: string | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    fence = fenceAfter(line, fence);
    const end = fence === undefined ? endOfElement(lines, at) : at;
    outdentLines(lines, at + 1, end);
    at = end;
  }
  return lines.join('\n');
}

/** The fence that is open after a line. */
function fenceAfter(line: string, open: string | undefined): string | undefined {
  const mark = FENCE.exec(line)?.[1];
  if (mark === undefined) return open;
  if (open === undefined) return mark;
  return mark.startsWith(open) ? undefined : open;
}

/** The line on which the element ends that is opened on a line; that line itself when there is none. */
function endOfElement(lines: readonly string[], at: number): number {
  const name = OPENING.exec(lines[at] ?? '')?.[1]?.toLowerCase();
  if (name === undefined || (name === 'div' && !/^[ \t]+<[a-z]/i.test(lines[at + 1] ?? ''))) return at;
  const tags = new RegExp(`<(/?)${name}(?=[\\s>])`, 'gi');
  let depth = 0;
  for (let end = at; end < Math.min(lines.length, at + MOST_LINES); end += 1) {
    for (const [, slash] of (lines[end] ?? '').matchAll(tags)) depth += slash === '/' ? -1 : 1;
    if (depth <= 0) return end;
  }
  return at;
}

function outdentLines(lines: string[], from: number, to: number): void {
  let fence: string | undefined;
  let asWritten: string | undefined;
  let isAfterBlank = false;
  for (let at = from; at <= to; at += 1) {
    const line = lines[at] ?? '';
    fence = fenceAfter(line, fence);
    if (fence === undefined && asWritten === undefined && isAfterBlank)
      lines[at] = line.replace(INDENTED_TAG, '');
    asWritten = asWrittenAfter(line, asWritten);
    isAfterBlank = line.trim() === '';
  }
}

/** The element that is open after a line and in which blanks are content. */
function asWrittenAfter(line: string, open: string | undefined): string | undefined {
  const name = open ?? [...line.matchAll(AS_WRITTEN)].at(-1)?.[1]?.toLowerCase();
  if (name === undefined) return undefined;
  const rest = open === undefined ? line.slice(line.toLowerCase().lastIndexOf(`<${name}`)) : line;
  return rest.toLowerCase().includes(`</${name}`) ? undefined : name;
}
