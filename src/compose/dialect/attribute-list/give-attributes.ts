import type { Properties } from 'hast';
import type { Image, ImageReference, Link, LinkReference, Nodes, Paragraph, RootContent } from 'mdast';
import type { Words } from '../../words.ts';
import { isBlankText } from '../as-blocks.ts';
import { callout } from '../callout.ts';
import { calloutKindOfClasses } from './callout-class.ts';
import type { Attributes } from './list-definitions.ts';

type Picture = Image | ImageReference;
type AnyLink = Link | LinkReference;

/** Gives a block what its attribute list says and a mail can show: an id, a picture's size, a button, a callout. Returns what stands in its place. */
export function giveToBlock(block: RootContent, given: Attributes, words: Words): RootContent {
  if (block.type === 'heading') giveId(block, given);
  if (block.type === 'paragraph') giveToSpan(soleSpan(block), given);
  if (block.type !== 'paragraph' && block.type !== 'blockquote') return block;
  const kind = calloutKindOfClasses(given.classes);
  if (kind === undefined) return block;
  const inside = block.type === 'blockquote' ? block.children : [block];
  const box = callout(kind, beginsInBold(inside[0]) ? 'untitled' : [], inside, words);
  return block.position === undefined ? box : { ...box, position: block.position };
}

/** Has a title of its own: `**Mind the frost:** …`. */
const beginsInBold = (block: RootContent | undefined): boolean =>
  block?.type === 'paragraph' && block.children.find((child) => !isBlankText(child))?.type === 'strong';

/** The same for a part of a line. Only pictures and links have attributes that matter. */
export function giveToSpan(span: Nodes | undefined, given: Attributes): void {
  if (span?.type === 'image' || span?.type === 'imageReference') giveToPicture(span, given);
  if (span?.type === 'link' || span?.type === 'linkReference') giveToLink(span, given);
}

export function giveId(heading: Nodes, { id }: Attributes): void {
  if (id !== undefined) setProperties(heading, { id });
}

function giveToPicture(picture: Picture, { attributes }: Attributes): void {
  const { width, height, alt, title } = attributes;
  if (alt !== undefined) picture.alt = alt;
  setProperties(picture, {
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(title === undefined ? {} : { title }),
  });
}

function giveToLink(link: AnyLink, { classes, attributes: { title } }: Attributes): void {
  const isButton = classes.some((name) => /^(?:btn|button)(?:$|-)/i.test(name));
  setProperties(link, {
    ...(isButton ? { className: ['button'] } : {}),
    ...(title === undefined ? {} : { title }),
  });
}

function setProperties(node: Nodes, properties: Properties): void {
  if (Object.keys(properties).length === 0) return;
  const data: { hProperties?: Properties } = node.data ?? {};
  node.data = { ...data, hProperties: { ...data.hProperties, ...properties } };
}

/** The picture or the link that is all a paragraph has. */
function soleSpan({ children }: Paragraph): Nodes | undefined {
  const [span, ...others] = children.filter((child) => !isBlankText(child));
  return others.length === 0 ? span : undefined;
}
