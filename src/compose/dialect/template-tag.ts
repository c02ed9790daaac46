import type { RootContent } from 'mdast';
import type { Place } from '../article/link-target.ts';
import type { ReportInBody } from '../article/report-in-body.ts';
import type { Words } from '../words.ts';
import type { LiquidVariables } from './meanings/liquid-variables.ts';

/**
 * Something in a post that the blog's generator would have replaced: a shortcode of Hugo, a Liquid tag of Jekyll or Hexo, a `{{ … }}`
 * of either, a `:::` directive, a component of MDX.
 */
export interface TemplateTag {
  readonly syntax: 'shortcode' | 'liquid' | 'output' | 'directive' | 'component';
  /** As written: `figure`, `relref`, `Callout`. */
  readonly name: string;
  readonly positional: readonly string[];
  /** By lower-case name. A component's `<Image inferSize />` gives `''`. */
  readonly named: Readonly<Record<string, string>>;
  /** What stands between the opening and the closing tag; absent when the tag stands alone. */
  readonly inner?: TagContent;
  /** The opening tag as the writer typed it, for messages. */
  readonly source: string;
  /** 1-based line of the body. */
  readonly line: number;
}

export interface TagContent {
  /** As written, freed from the indentation and quote marks of what the tag stands in. */
  readonly text: string;
  /** The same read as Markdown, with the lines of the body. */
  readonly blocks: () => RootContent[];
  /** The same read as Markdown in which nothing is a template tag. */
  readonly literally?: () => RootContent[];
}

/** What a tag is to be replaced with. `url` is for a tag inside a link or an attribute, and as a link elsewhere. */
export type TagMeaning =
  | { readonly kind: 'blocks'; readonly nodes: RootContent[] }
  /** Goes on inside a paragraph. */
  | { readonly kind: 'inline'; readonly nodes: RootContent[] }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'nothing' };

export interface TagContext {
  readonly place: Place;
  readonly words: Words;
  readonly report: ReportInBody;
  /** Names that the post itself has given, as it is read from its beginning. */
  readonly variables?: LiquidVariables;
}

/** Gives a tag its meaning in a mail; undefined = not understood. */
export type TagHandler = (tag: TemplateTag, context: TagContext) => TagMeaning | undefined;

/** By lower-case name of the tag, without `-` and `_`. */
export type TagHandlers = Readonly<Record<string, TagHandler>>;

/** Where a problem with a tag is reported. */
export const whereIs = ({ line }: Pick<TemplateTag, 'line'>): Parameters<ReportInBody>[0] => ({
  position: { start: { line, column: 1 }, end: { line, column: 1 } },
});
