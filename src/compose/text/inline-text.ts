import type { Element, Nodes } from 'hast';
import { attribute } from '../article/element.ts';
import type { ImageLabel } from '../article/resolve-links.ts';

const AROUND: Readonly<Record<string, readonly [string, string]>> = {
  strong: ['*', '*'],
  b: ['*', '*'],
  del: ['~~', '~~'],
  s: ['~~', '~~'],
  strike: ['~~', '~~'],
  code: ['`', '`'],
  q: ['“', '”'],
};

/** A run of text and inline elements → one line of text; only a hard break gives a `\n`. */
export function inlineText(nodes: readonly Nodes[], imageLabel: ImageLabel): string {
  const raw = nodes.map((node) => written(node, imageLabel)).join('');
  return raw
    .replace(/[ \t\r\f\v]+/g, ' ')
    .replace(/ *\n */g, '\n')
    .trim();
}

function written(node: Nodes, imageLabel: ImageLabel): string {
  if (node.type === 'text') return node.value.replace(/[ \t\r\n\f]+/g, ' ');
  if (node.type !== 'element') return '';
  const inside = (): string => node.children.map((child) => written(child, imageLabel)).join('');
  if (node.tagName === 'br') return '\n';
  if (node.tagName === 'img') return imageLabel(attribute(node, 'alt') ?? '');
  if (node.tagName === 'a') return linkText(node, inside());
  if (node.tagName === 'sup') return raised(inside());
  if (node.tagName === 'ruby') return rubyText(node, imageLabel);
  return surrounded(inside(), AROUND[node.tagName]);
}

function linkText(link: Element, words: string): string {
  const href = attribute(link, 'href');
  if (href === undefined || href.startsWith('#')) return words;
  const shown = words.trim();
  const saysItself = [href, href.replace(/^(?:https?:\/\/|mailto:|tel:)/, '')].some(
    (url) => bare(url) === bare(shown),
  );
  return saysItself || shown === '' ? `<${href}>` : `${words.trimEnd()} <${href}>`;
}

function bare(url: string): string {
  try {
    return decodeURI(url).replace(/\/$/, '');
  } catch {
    // Not percent-encoded text, so it is compared as it stands.
    return url.replace(/\/$/, '');
  }
}

const raised = (words: string): string => (words.startsWith('[') ? words : `^${words}`);

// Readings go in parentheses; a writer who put <rp> into the ruby has already said so.
function rubyText(ruby: Element, imageLabel: ImageLabel): string {
  const hasParentheses = ruby.children.some((child) => child.type === 'element' && child.tagName === 'rp');
  return ruby.children
    .map((child) => {
      const words = written(child, imageLabel);
      return child.type === 'element' && child.tagName === 'rt' && !hasParentheses ? `（${words}）` : words;
    })
    .join('');
}

// The marks stand against the words, or they would read as multiplication signs.
function surrounded(words: string, around: readonly [string, string] | undefined): string {
  if (around === undefined || words.trim() === '') return words;
  const [before = '', core = '', after = ''] = /^(\s*)([^]*?)(\s*)$/.exec(words)?.slice(1) ?? [];
  return before + around[0] + core + around[1] + after;
}
