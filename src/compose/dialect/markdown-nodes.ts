import type {
  Code,
  Html,
  Image,
  InlineCode,
  Link,
  Paragraph,
  PhrasingContent,
  RootContent,
  Strong,
  Text,
} from 'mdast';
import type { TagMeaning } from './template-tag.ts';

export const text = (value: string): Text => ({ type: 'text', value });

export const paragraph = (children: readonly PhrasingContent[]): Paragraph => ({
  type: 'paragraph',
  children: [...children],
});

export const strong = (children: readonly PhrasingContent[]): Strong => ({
  type: 'strong',
  children: [...children],
});

export const link = (url: string, children: readonly PhrasingContent[]): Link => ({
  type: 'link',
  url,
  children: [...children],
});

export const image = (url: string, alt?: string, title?: string): Image => ({
  type: 'image',
  url,
  ...(alt === undefined ? {} : { alt }),
  ...(title === undefined ? {} : { title }),
});

export const html = (value: string): Html => ({ type: 'html', value });

export const inlineCode = (value: string): InlineCode => ({ type: 'inlineCode', value });

export const code = (value: string, lang?: string): Code => ({
  type: 'code',
  value,
  ...(lang === undefined || lang === '' ? {} : { lang }),
});

export const blocks = (nodes: readonly RootContent[]): TagMeaning => ({ kind: 'blocks', nodes: [...nodes] });

export const inline = (nodes: readonly PhrasingContent[]): TagMeaning => ({
  kind: 'inline',
  nodes: [...nodes],
});

export const asText = (value: string): TagMeaning => ({ kind: 'text', text: value });

export const NOTHING: TagMeaning = { kind: 'nothing' };
