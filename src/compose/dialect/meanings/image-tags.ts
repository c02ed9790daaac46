import type { Image, PhrasingContent, RootContent } from 'mdast';
import { htmlElement } from '../html-element.ts';
import { blocks, image, inline, link, paragraph, strong, text } from '../markdown-nodes.ts';
import type { TagHandler, TagHandlers, TagMeaning, TemplateTag } from '../template-tag.ts';
import { argument, inMarkdown, innerLine, named, under } from './tag-arguments.ts';

const SOURCES = [
  'src',
  'source',
  'url',
  'path',
  'image',
  'img',
  'image_path',
  'file',
  'filename',
  'href',
  'name',
];
const CAPTIONS = ['caption', 'description', 'legend', 'figcaption'];

/** Hugo's own `figure`. */
const figure: TagHandler = (tag) => {
  const src = argument(tag, 0, ...SOURCES);
  if (src === undefined) return undefined;
  const caption = [...titleOf(tag), ...captionOf(tag, 2), ...creditOf(tag)];
  return figureOf(linked(picture(tag, src, 1), named(tag, 'link')), caption);
};

/** An image as themes have it, which is a figure when it has a caption. */
const plainImage: TagHandler = (tag) => {
  const src = argument(tag, 0, ...SOURCES);
  if (src === undefined || !isAddress(src)) return undefined;
  const shown = linked(picture(tag, src, 1), named(tag, 'link'));
  const caption = captionOf(tag, 2);
  return caption.length === 0 ? inline([shown]) : figureOf(shown, caption);
};

/** `{{< carousel images="{a.jpg,b.jpg}" >}}`; a pattern names files that only the generator can see. */
const images: TagHandler = (tag) => {
  const inner = tag.inner?.blocks() ?? [];
  if (inner.length > 0) return blocks(inner);
  const given = named(tag, 'images', 'srcs') ?? tag.positional.join(',');
  const sources = given
    .replace(/[{}[\]"']/g, '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (sources.length === 0 || !sources.every((one) => isAddress(one) && !one.includes('*'))) return undefined;
  return blocks(sources.map((src) => paragraph([image(src)])));
};

/** Hexo's `{% asset_img [class] slug [width] [height] [title [alt]] %}`, in which quotes may stand in quotes. */
const hexoImage: TagHandler = (tag) => {
  const at = tag.positional.findIndex(isAddress);
  const src = tag.positional[at];
  if (src === undefined) return undefined;
  const rest = tag.positional.slice(at + 1);
  const sizes = rest
    .slice(
      0,
      Math.max(
        0,
        rest.findIndex((word) => !/^\d+(?:px|%)?$/.test(word)),
      ),
    )
    .slice(0, 2);
  const isAllSizes = rest.every((word) => /^\d+(?:px|%)?$/.test(word));
  const [width, height] = isAllSizes ? rest : sizes;
  const words = isAllSizes ? '' : rest.slice(sizes.length).join(' ');
  const [, title = words, alt = words] = /^"([^"]*)"\s+"([^"]*)"$/.exec(words) ?? [];
  const shown = image(src, alt === '' ? undefined : alt, title === '' || title === alt ? undefined : title);
  return inline([sized(shown, width, height)]);
};

export const imageTags: TagHandlers = {
  figure,
  fig: figure,
  ...under(
    'image img picture pic photo imgproc lazyimg lazyimage imgcap imagecaption responsiveimage screenshot zoomimg lightbox intextimg ' +
      'bundleimage postimage imagecomparison imgur svg figureimage media captionedimage imgfig imginline inlineimg thumbnail',
    plainImage,
  ),
  ...under(
    'gallery carousel slider slideshow galleries imagegallery photogallery album swiper masonry imagegrid',
    images,
  ),
};

export const hexoImageTags: TagHandlers = {
  assetimg: hexoImage,
  img: hexoImage,
  image: hexoImage,
  inlineimg: hexoImage,
};

function picture(tag: TemplateTag, src: string, altAt: number): Image {
  // Hugo reads the caption to those who cannot see the image, when nothing else was written for them.
  const alt = argument(tag, altAt, 'alt') ?? named(tag, ...CAPTIONS)?.replace(/[*_`]/g, '');
  const isSaid = tag.named['alt'] === '' ? '' : alt;
  return sized(image(src, isSaid), named(tag, 'width', 'w'), named(tag, 'height', 'h'));
}

const sized = (shown: Image, width: string | undefined, height: string | undefined): Image => ({
  ...shown,
  data: { hProperties: { ...sizeOf('width', width), ...sizeOf('height', height) } },
});

const sizeOf = (name: string, value: string | undefined): Record<string, string> => {
  const pixels = /^(\d+)(?:px)?$/.exec(value ?? '')?.[1];
  return pixels === undefined ? {} : { [name]: pixels };
};

const linked = (shown: Image, href: string | undefined): PhrasingContent =>
  href === undefined ? shown : link(href, [shown]);

const titleOf = (tag: TemplateTag): PhrasingContent[] => {
  const title = named(tag, 'title');
  return title === undefined ? [] : [strong(inMarkdown(title)), text(' ')];
};

function captionOf(tag: TemplateTag, place: number): PhrasingContent[] {
  const inner = innerLine(tag);
  if (inner.length > 0) return inner;
  const caption = argument(tag, place, ...CAPTIONS);
  return caption === undefined ? [] : inMarkdown(caption);
}

function creditOf(tag: TemplateTag): PhrasingContent[] {
  const [credit, href] = [named(tag, 'attr'), named(tag, 'attrlink')];
  if (credit === undefined && href === undefined) return [];
  const words = credit === undefined ? [text(href ?? '')] : inMarkdown(credit);
  return [text(' '), ...(href === undefined ? words : [link(href, words)])];
}

const figureOf = (shown: PhrasingContent, caption: readonly RootContent[]): TagMeaning =>
  blocks([
    htmlElement('figure', {}, [
      shown,
      ...(caption.length === 0 ? [] : [htmlElement('figcaption', {}, caption)]),
    ]),
  ]);

// Docsy and others find an image of the bundle by the beginning of its name.
const isAddress = (written: string): boolean => /[/.]/.test(written);
