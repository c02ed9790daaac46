import type { Element, Root, RootContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { attribute, element, classesOf, hasClass, isBlank, isElement, text } from './element.ts';
import { escapeHtml } from '../../domain/escape-html.ts';
import { dotCjkEmphasis } from './dot-cjk-emphasis.ts';
import { fitImages } from './fit-images.ts';
import { holdFootnoteMarks } from './hold-footnote-marks.ts';
import { markHeaderCells } from './mark-header-cells.ts';

/** Which side a line begins on. */
export type Start = 'left' | 'right';

/**
 * An article as MJML for the inside of one `mj-column`: runs of prose in one block, and a block of its own for what a template
 * may want to dress by itself. Each carries its kind as `mj-class` and `css-class`: prose, code, table, picture, embed, notes,
 * rule, button.
 */
export function renderBlocks(article: Root, start: Start): string {
  const tree = structuredClone(article);
  fitImages(tree);
  holdFootnoteMarks(tree);
  markHeaderCells(tree, start);
  dotCjkEmphasis(tree);

  const blocks: string[] = [];
  let prose: RootContent[] = [];
  const endProse = (): void => {
    if (prose.some((node) => !isBlank(node))) blocks.push(textBlock('prose', prose));
    prose = [];
  };
  for (const node of tree.children) {
    const block = ownBlock(node);
    if (block === undefined) prose.push(node);
    else {
      endProse();
      blocks.push(block);
    }
  }
  endProse();
  return blocks.join('\n');
}

function ownBlock(node: RootContent): string | undefined {
  if (node.type !== 'element') return undefined;
  if (node.tagName === 'hr') return '<mj-divider mj-class="rule" css-class="rule" />';
  if (node.tagName === 'pre') return textBlock('code', [...languageLabel(node), node]);
  if (node.tagName === 'table') return textBlock('table', [node]);
  if (hasClass(node, 'embed')) return textBlock('embed', node.children);
  if (hasClass(node, 'notes')) return textBlock('notes', node.children);
  if (isPicture(node)) return textBlock('picture', [node]);
  const button = node.tagName === 'p' ? soleChild(node) : undefined;
  const href = button !== undefined && hasClass(button, 'button') ? attribute(button, 'href') : undefined;
  return button === undefined || href === undefined ? undefined : buttonBlock(button, href);
}

// The tree was sanitized, so what is raw in it was put there since, by `fitImages`.
const OURS = { allowDangerousHtml: true } as const;

const textBlock = (kind: string, nodes: readonly RootContent[]): string =>
  `<mj-text mj-class="${kind}" css-class="${kind}">${toHtml([...nodes], OURS)}</mj-text>`;

const buttonBlock = (link: Element, href: string): string =>
  `<mj-button mj-class="button" css-class="button" href="${escapeHtml(href)}">${toHtml(link.children, OURS)}</mj-button>`;

function languageLabel(pre: Element): Element[] {
  const code = pre.children.find((child) => isElement(child, 'code'));
  const [written = ''] = code === undefined ? [] : classesOf(code);
  const language = /^language-(.+)$/.exec(written)?.[1];
  return language === undefined ? [] : [element('div', { className: ['code-language'] }, [text(language)])];
}

function isPicture(node: Element): boolean {
  if (node.tagName === 'figure') return true;
  const child = soleChild(node);
  if (node.tagName === 'a') return child?.tagName === 'img';
  return (
    node.tagName === 'p' &&
    child !== undefined &&
    (child.tagName === 'img' || (child.tagName === 'a' && isPicture(child)))
  );
}

function soleChild(node: Element): Element | undefined {
  const [child, ...others] = node.children.filter((child) => !isBlank(child) && child.type !== 'raw');
  return others.length === 0 && child?.type === 'element' ? child : undefined;
}
