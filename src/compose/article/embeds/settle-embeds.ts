import type { Element, ElementContent, Root } from 'hast';
import { attribute, element, isBlank, isElement, textOf } from '../element.ts';
import { rewriteElements, rewriteOutermost } from '../rewrite-elements.ts';
import { diagram } from './diagram.ts';
import { embeddedDocument, fallbackIn } from './document.ts';
import { drawing } from './drawing.ts';
import type { EmbedContext } from './embed-context.ts';
import { formula, setFormula } from './formula.ts';
import { liftEmbeds } from './lift-embeds.ts';
import { audio, frame, liteYouTube, video } from './player.ts';
import { script } from './script.ts';
import { unmailable } from './unmailable.ts';

type Settle = (node: Element, context: EmbedContext) => readonly ElementContent[] | undefined;

const SETTLERS: Readonly<Record<string, Settle>> = {
  iframe: frame,
  'lite-youtube': liteYouTube,
  video,
  audio,
  object: documentOrFallback,
  embed: embeddedDocument,
  script,
  svg: drawing,
  math: formula,
  span: setFormula,
  pre: diagram,
  div: diagram,
  canvas: unmailable,
  form: unmailable,
  select: unmailable,
  textarea: unmailable,
  input: field,
  button,
  a: unwrapButtons,
};

/** Puts something a mail can show in the place of what only a page can: a picture, a link, the source; with a warning when something is lost. */
export function settleEmbeds(tree: Root, context: EmbedContext): void {
  settleIn(tree, context);
  liftEmbeds(tree);
}

function settleIn(parent: Root | Element, context: EmbedContext): void {
  rewriteOutermost(parent, (node) =>
    Object.hasOwn(SETTLERS, node.tagName) ? SETTLERS[node.tagName]?.(node, context) : undefined,
  );
}

function documentOrFallback(node: Element, context: EmbedContext): ElementContent[] {
  const fallback = element('div', {}, fallbackIn(node));
  if (fallback.children.length === 0) return embeddedDocument(node, context);
  settleIn(fallback, context);
  return fallback.children;
}

function field(node: Element, context: EmbedContext): ElementContent[] {
  return attribute(node, 'type') === 'hidden' ? [] : unmailable(node, context);
}

// One that says nothing is for scripts.
function button(node: Element, context: EmbedContext): readonly ElementContent[] {
  const isEmpty =
    textOf(node).trim() === '' && node.children.every((child) => isBlank(child) || isElement(child, 'svg'));
  return isEmpty ? [] : unmailable(node, context);
}

// A button in a link is only the look of the link.
function unwrapButtons(link: Element): undefined {
  rewriteElements(link, (node) => (node.tagName === 'button' ? node.children : undefined));
}
