import type { Paragraph, PhrasingContent, RootContent } from 'mdast';
import type { Words } from '../words.ts';
import { htmlElement, type HtmlElement } from './html-element.ts';
import { text } from './markdown-nodes.ts';

/** The five kinds that GitHub's alerts have, to which all others are brought. */
export type CalloutKind = 'note' | 'tip' | 'important' | 'warning' | 'caution';

const NAMES: Readonly<Record<CalloutKind, string>> = {
  note: 'note info information abstract summary tldr example question faq help seealso memo todo notice',
  tip: 'tip hint success check done idea lightbulb advice protip',
  important: 'important key announcement',
  warning: 'warning warn attention experimental',
  caution: 'caution danger error bug failure fail missing critical alarm',
};

const KINDS: ReadonlyMap<string, CalloutKind> = new Map(
  Object.entries(NAMES).flatMap(([kind, names]) =>
    names.split(' ').map((name) => [name, kind as CalloutKind] as const),
  ),
);

/** What writers and themes call a kind of callout (`danger`, `prompt-tip`, `note--warning`, `alert-info`); undefined when it is none. */
export function calloutKindOf(written: string): CalloutKind | undefined {
  const name = written.trim().toLowerCase();
  const last = /^(?:prompt|notice|note|alert|callout|admonition|message|is|bg|hint|custom-block)-+(.+)$/.exec(
    name,
  )?.[1];
  return KINDS.get(last ?? name);
}

/** A box with a title; the reader's word for its kind when the writer has given it none, and nothing for `untitled`. */
export const callout = (
  kind: CalloutKind,
  title: readonly PhrasingContent[] | 'untitled' | undefined,
  children: readonly RootContent[],
  words: Words,
): HtmlElement =>
  htmlElement('div', { className: ['callout', `callout-${kind}`] }, [
    ...(title === 'untitled' ? [] : [titleOf(title ?? [], words[kind])]),
    ...children,
  ]);

const titleOf = (title: readonly PhrasingContent[], otherwise: string): Paragraph => ({
  type: 'paragraph',
  children: title.length === 0 ? [text(otherwise)] : [...title],
  data: { hProperties: { className: ['callout-title'] } },
});
