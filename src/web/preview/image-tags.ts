import { unescapeHtml } from './unescape-html.ts';

/** An `<img>` of a mail, with the values that decide what is shown in its place. */
export interface ImageTag {
  readonly src: string;
  readonly alt: string;
  /** In px, as the tag says; absent when it does not. */
  readonly width?: number;
  readonly height?: number;
}

const TAG = /<img\b(?:[^>"']|"[^"]*"|'[^']*')*>/gi;
const ATTRIBUTE = /\s([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;

/** Gives every `<img>` of a mail the address that `sourceOf` has for it; srcsets go. */
export async function replaceSources(
  html: string,
  sourceOf: (image: ImageTag) => Promise<string>,
): Promise<string> {
  const tags = [...new Set(html.match(TAG))];
  const shown = new Map(
    await Promise.all(tags.map(async (tag) => [tag, withSource(tag, await sourceOf(readTag(tag)))] as const)),
  );
  return html.replace(TAG, (tag) => shown.get(tag) ?? tag);
}

function readTag(tag: string): ImageTag {
  const found = new Map(attributesOf(tag).map(({ name, value }) => [name, value]));
  const [width, height] = ['width', 'height'].map((name) => Number.parseInt(found.get(name) ?? '', 10));
  return {
    src: found.get('src') ?? '',
    alt: found.get('alt') ?? '',
    ...(isSize(width) && { width }),
    ...(isSize(height) && { height }),
  };
}

const isSize = (px: number | undefined): px is number => px !== undefined && px > 0;

const attributesOf = (tag: string): { source: string; name: string; value: string }[] =>
  [...tag.matchAll(ATTRIBUTE)].map(([source, name = '', double, single, bare]) => ({
    source,
    name: name.toLowerCase(),
    value: unescapeHtml(double ?? single ?? bare ?? ''),
  }));

function withSource(tag: string, source: string): string {
  const bare = attributesOf(tag)
    .filter(({ name }) => name === 'src' || name === 'srcset')
    .reduce((rest, attribute) => rest.replace(attribute.source, ''), tag);
  return `<img src="${source}"${bare.slice('<img'.length)}`;
}
