/** A mark of Kramdown's own: `{::comment}`, `{:/comment}`, `{::options toc_levels="2" /}`. */
export interface ExtensionMark {
  readonly kind: 'opens' | 'closes' | 'alone';
  /** Missing in `{:/}`, which closes what is open. */
  readonly name?: string;
}

const MARK = /^\{:(?::(?<name>[a-z]\w*)(?:\s[^{}]*?)?(?<alone>\/?)|\/(?<closes>[a-z]\w*)?)\}$/i;

const KNOWN = new Set(['comment', 'nomarkdown', 'options']);

/** A mark in its braces; undefined when it is none that Kramdown knows. */
export function readExtensionMark(source: string): ExtensionMark | undefined {
  const groups = MARK.exec(source)?.groups;
  if (groups === undefined) return undefined;
  const { name, alone, closes } = groups;
  if (name === undefined) return closes === undefined || KNOWN.has(closes) ? closing(closes) : undefined;
  return KNOWN.has(name) ? { kind: alone === '/' ? 'alone' : 'opens', name } : undefined;
}

export const isExtensionMark = (source: string): boolean => readExtensionMark(source) !== undefined;

const closing = (name: string | undefined): ExtensionMark => ({
  kind: 'closes',
  ...(name === undefined ? {} : { name }),
});
