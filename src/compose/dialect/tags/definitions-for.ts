import type { Root } from 'mdast';

const DEFINITION = /^[ \t>]*\[(?<label>\^?[^\]\n]{1,200})\]:/gm;
const REFERENCE = /\[(?<label>\^?[^[\]\n]{1,200})\]/g;

/** The labels that a text defines, for links, images and footnotes, in lower case. */
export const definedLabels = (text: string): Set<string> =>
  new Set([...text.matchAll(DEFINITION)].map(({ groups }) => (groups?.['label'] ?? '').toLowerCase()));

/**
 * Lines to read before a part of a post, so that `[words][label]` and `[^1]` in it are references to what is defined outside of it.
 * '' when it needs none. What they define means nothing.
 */
export function definitionsFor(part: string, labels: ReadonlySet<string>): string {
  if (labels.size === 0) return '';
  const own = definedLabels(part);
  const used = new Set(
    [...part.matchAll(REFERENCE)].map(({ groups }) => (groups?.['label'] ?? '').toLowerCase()),
  );
  const wanted = [...used].filter((label) => labels.has(label) && !own.has(label));
  if (wanted.length === 0) return '';
  // A footnote goes on as long as lines are indented, so a link's definition comes last.
  const footnotes = wanted.filter((label) => label.startsWith('^'));
  const links = wanted.filter((label) => !label.startsWith('^'));
  return [...footnotes, ...links, 'end-of-definitions'].map((label) => `[${label}]: #\n\n`).join('');
}

/** Takes the nodes out again that come from the first `lines` lines. */
export function dropDefinitions(tree: Root, lines: number): void {
  tree.children = tree.children.filter(
    ({ position }) => position === undefined || position.start.line > lines,
  );
}
