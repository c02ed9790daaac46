// A spreadsheet takes a cell that begins so for a formula and runs it, full-width signs included (OWASP, CSV injection).
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** A cell no spreadsheet runs: an apostrophe before anything that looks like a formula. */
export const escapeFormula = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);

/** What `escapeFormula` was given. */
export const unescapeFormula = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
