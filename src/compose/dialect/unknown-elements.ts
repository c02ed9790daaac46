import type { Html, Root, RootContent } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';
import { paragraph, text } from './markdown-nodes.ts';

const KNOWN = new Set(
  (
    'a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button canvas ' +
    'caption center circle cite code col colgroup command content data datalist dd del details dfn dialog dir div dl dt element ' +
    'ellipse em embed fieldset figcaption figure font footer form frame frameset g h1 h2 h3 h4 h5 h6 head header hgroup hr html i ' +
    'iframe image img input ins isindex kbd keygen label legend li line link listing main map mark marquee math menu menuitem ' +
    'meta meter nav nobr noembed noframes noscript object ol optgroup option output p param path picture plaintext polygon ' +
    'polyline portal pre progress q rb rect rp rt rtc ruby s samp script search section select shadow slot small source spacer ' +
    'span strike strong style sub summary sup svg table tbody td template text textarea tfoot th thead time title tr track tt u ul ' +
    'use var video wbr xmp'
  ).split(' '),
);
const OPENING = /^<(?<name>[a-z][a-z0-9]*)(?:\s[^<>=]*[^<>=/])?>$/i;

/** Makes words again of what only looks like HTML: `<your name>`, `vector<int>`. What is given attributes or closed is an element. */
export function showUnknownElements(tree: Root): void {
  const closed = new Set<string>();
  visit(tree, 'html', ({ value }) => {
    for (const [, name = ''] of value.matchAll(/<\/([a-z][a-z0-9]*)\s*>/gi)) closed.add(name.toLowerCase());
  });
  visit(tree, 'html', (node, index, parent) => {
    const name = OPENING.exec(node.value.trim())?.groups?.['name']?.toLowerCase();
    if (name === undefined || KNOWN.has(name) || closed.has(name)) return undefined;
    if (index === undefined || parent === undefined) return undefined;
    (parent.children as RootContent[])[index] = asWords(node, isOfBlocks(parent.type));
    return SKIP;
  });
}

const BLOCKS = new Set(['root', 'blockquote', 'listItem', 'footnoteDefinition', 'defListDescription']);

const isOfBlocks = (type: string): boolean => BLOCKS.has(type);

function asWords({ value, position }: Html, isBlock: boolean): RootContent {
  const words = { ...text(value), ...(position && { position }) };
  return isBlock ? { ...paragraph([words]), ...(position && { position }) } : words;
}
