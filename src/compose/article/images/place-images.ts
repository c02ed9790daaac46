import type { Element, ElementContent, Root } from 'hast';
import type { ImageFile } from '../../../domain/image-file.ts';
import { attribute, element, text } from '../element.ts';
import type { Place } from '../link-target.ts';
import type { ReportInBody } from '../report-in-body.ts';
import type { ImageLabel } from '../resolve-links.ts';
import { rewriteElements } from '../rewrite-elements.ts';
import type { FoundImages } from './find-images.ts';
import { OUTCOMES_IN_BODY, tooLargeTogether, withoutAltText } from './image-problems.ts';
import { shownSize, writtenSize } from './image-size.ts';
import { placeOfImage } from './place-image.ts';

export interface ImageContext {
  readonly place: Place;
  readonly images: FoundImages;
  readonly imageLabel: ImageLabel;
  readonly report: ReportInBody;
}

/** Gives every image the address and the size it is to have in a mail, or puts a link or words in the place of one that mail cannot show. */
export function placeImages(tree: Root, context: ImageContext): void {
  const files: ImageFile[] = [];
  rewriteElements(tree, (node) => (node.tagName === 'img' ? placed(node, context, files) : undefined));
  const burden = tooLargeTogether(files);
  if (burden !== undefined) context.report({}, burden);
}

function placed(image: Element, context: ImageContext, files: ImageFile[]): ElementContent[] | undefined {
  const { place, images, imageLabel, report } = context;
  const address = attribute(image, 'src') ?? '';
  const found = placeOfImage(address, place, images, OUTCOMES_IN_BODY);
  if (found.problem !== undefined) report(image, found.problem);
  const alt = altOf(image);
  if (alt === undefined && address !== '') report(image, withoutAltText(address));

  if (found.kind === 'words') return [text(imageLabel(alt ?? ''))];
  if (found.kind === 'link') return alt === '' ? [] : [linkTo(found.href, imageLabel(alt ?? ''), image)];
  if (found.file !== undefined) files.push(found.file);
  const size = shownSize(address, writtenSize(image), found.file);
  image.properties = { src: found.url, alt, title: image.properties['title'], ...size };
  return undefined;
}

/** What the writer says an image shows; '' = nothing worth saying, undefined = not said. */
function altOf(image: Element): string | undefined {
  return attribute(image, 'alt') ?? (attribute(image, 'title')?.trim() || undefined);
}

const linkTo = (href: string, words: string, { position }: Element): Element => ({
  ...element('a', { href }, [text(words)]),
  ...(position === undefined ? {} : { position }),
});
