import type { Image, RootContent } from 'mdast';
import { htmlElement } from '../html-element.ts';
import { blocks, inline, text } from '../markdown-nodes.ts';
import type { TagHandler, TagHandlers, TagMeaning, TemplateTag } from '../template-tag.ts';

/** `<Image src={hero} alt="…" width={600} />`: a picture in the text, and a figure when it has a caption. */
const picture: TagHandler = (tag) => {
  const image = imageOf(tag);
  const caption = tag.named['caption'] ?? '';
  if (image === undefined) return undefined;
  return caption === '' ? inline([image]) : figureOf([image], caption);
};

/** `<Figure>` around a picture, or with one of its own. */
const figure: TagHandler = (tag) => {
  const image = imageOf(tag);
  const inner = tag.inner?.blocks() ?? [];
  const nodes = image === undefined ? inner : [image, ...inner];
  return nodes.length === 0 ? undefined : figureOf(nodes, tag.named['caption'] ?? tag.named['title'] ?? '');
};

export const pictureComponents: TagHandlers = {
  image: picture,
  picture,
  img: picture,
  nextimage: picture,
  staticimage: picture,
  responsiveimage: picture,
  zoomableimage: picture,
  zoomimage: picture,
  imagezoom: picture,
  figure,
  figureimage: figure,
  blogimage: figure,
  frame: figure,
  zoom: figure,
};

function imageOf({ named }: TemplateTag): Image | undefined {
  const { src, alt, title, width, height } = named;
  if (src === undefined || src === '') return undefined;
  const size = { ...(width && { width }), ...(height && { height }) };
  return {
    type: 'image',
    url: src,
    ...(alt === undefined ? {} : { alt }),
    ...(title === undefined || title === '' ? {} : { title }),
    data: { hProperties: size },
  };
}

const figureOf = (nodes: readonly RootContent[], caption: string): TagMeaning =>
  blocks([
    htmlElement('figure', {}, [
      ...nodes,
      ...(caption === '' ? [] : [htmlElement('figcaption', {}, [text(caption)])]),
    ]),
  ]);
