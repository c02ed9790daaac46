const SERIES_KEY = /^series[ \t]*:/i;
const FENCE = /^---/;
const CONTINUED = /^(?:[ \t]+\S|-[ \t]|\])/;
const MOST_LINES = 200;
const LONGEST = 100;

/**
 * What the head of a file that cannot be read as YAML says about its series: its line `series: …` and the lines that go on with it,
 * as one line for each. Undefined when it says nothing.
 */
export function seriesLineOf(text: string): string | undefined {
  const head = headOf(text);
  const start = head.findIndex((line) => SERIES_KEY.test(line));
  if (start < 0) return undefined;
  const rest = head.slice(start + 1);
  const end = rest.findIndex((line) => !CONTINUED.test(line));
  return [head[start], ...rest.slice(0, end < 0 ? undefined : end)]
    .map((line = '') => line.replace(/(?:^|\s)#.*$/u, '').trim())
    .join('\n')
    .trim();
}

/** The names behind `series:`, as typed, brackets and quotes and all; the whole is one of them, for titles with commas. */
export function namesIn(seriesLine: string): { readonly whole: string; readonly items: readonly string[] } {
  const whole = seriesLine.replace(SERIES_KEY, '').trim();
  const list = /^\[(.*)\]$/su.exec(whole)?.[1] ?? whole;
  const items = list.split(/[,\n]/u).map((item) => item.trim().replace(/^-\s+/u, ''));
  return { whole, items: items.map(unquoted).filter((item, index) => item !== '' || index === 0) };
}

/** Whether a name may be anything: nothing is there, or signs of YAML or of another encoding are left in it. */
export const isUnclear = (name: string): boolean => name === '' || /["'[\]{}&*!|>\ufffd]/u.test(name);

/** Fit for a problem's one line. */
export function quotedSeriesLine(seriesLine: string): string {
  const line = seriesLine.replaceAll(/[\p{Cc}`]+/gu, ' ');
  const signs = Array.from(line);
  return signs.length > LONGEST ? `${signs.slice(0, LONGEST).join('')}…` : line;
}

function headOf(text: string): string[] {
  const lines = text.replace(/^\ufeff/u, '').split(/\r?\n/u, MOST_LINES);
  const open = lines.findIndex((line) => line.trim() !== '');
  if (open < 0 || !FENCE.test(lines[open] ?? '')) return [];
  const inside = lines.slice(open + 1);
  const close = inside.findIndex((line) => FENCE.test(line));
  // Never closed: the text begins at the first blank line, as far as anybody can tell.
  const end = close < 0 ? inside.findIndex((line) => line.trim() === '') : close;
  return inside.slice(0, end < 0 ? undefined : end);
}

const unquoted = (name: string): string => /^(["'])(.*)\1$/su.exec(name)?.[2] ?? name;
