import type { Blockquote, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import { visit } from 'unist-util-visit';
import type { Words } from '../words.ts';
import { callout, calloutKindOf } from './callout.ts';

/** `[!NOTE] Title` of GitHub, Obsidian and Hugo; a sign after it says whether Obsidian folds it. */
const MARK = /^\[!(?<kind>\p{L}[\p{L}\p{N}_-]*)(?:\|[^\]]*)?\][+-]?[ \t]*/u;

/** Makes callouts of quotes that begin with `[!NOTE]`, whatever the kind, and of those in them. */
export function turnAlerts(tree: Root, words: Words): void {
  visit(tree, 'blockquote', (quote, index, parent) => {
    const alert = index === undefined ? undefined : alertOf(quote, words);
    if (alert === undefined || parent === undefined || index === undefined) return undefined;
    (parent.children as RootContent[])[index] = alert;
    return index;
  });
}

function alertOf(quote: Blockquote, words: Words): RootContent | undefined {
  const [head, ...rest] = quote.children;
  const start = head?.type === 'paragraph' ? head.children[0] : undefined;
  const mark = start?.type === 'text' ? MARK.exec(start.value) : null;
  if (head?.type !== 'paragraph' || start?.type !== 'text' || mark === null) return undefined;
  const { title, body } = divided([
    { ...start, value: start.value.slice(mark[0].length) },
    ...head.children.slice(1),
  ]);
  const paragraph: Paragraph = { ...head, children: body };
  const kind = calloutKindOf(mark.groups?.['kind'] ?? '') ?? 'note';
  const box = callout(kind, title, body.length === 0 ? rest : [paragraph, ...rest], words);
  return quote.position === undefined ? box : { ...box, position: quote.position };
}

/** What stands on the line of the mark, and what comes after it. */
function divided(children: readonly PhrasingContent[]): {
  title: PhrasingContent[];
  body: PhrasingContent[];
} {
  const title: PhrasingContent[] = [];
  const body: PhrasingContent[] = [];
  let isTitle = true;
  for (const child of children) {
    if (!isTitle) body.push(child);
    else if (child.type === 'break') isTitle = false;
    else if (child.type === 'text' && /\r?\n/.test(child.value)) {
      const end = child.value.search(/\r?\n/);
      title.push({ ...child, value: child.value.slice(0, end).trimEnd() });
      body.push({ ...child, value: child.value.slice(end).trimStart() });
      isTitle = false;
    } else title.push(child);
  }
  return { title: title.filter(isWord), body: body.filter(isWord) };
}

const isWord = (node: PhrasingContent): boolean => node.type !== 'text' || node.value !== '';
