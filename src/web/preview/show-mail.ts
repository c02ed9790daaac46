import { createHash } from 'node:crypto';
import type { ImageFile } from '../../domain/image-file.ts';
import type { Issue } from '../../domain/issue.ts';
import { escapeHtml } from '../../domain/escape-html.ts';
import { imagePlaceholder } from './image-placeholder.ts';
import { replaceSources } from './image-tags.ts';
import { inScheme } from './in-scheme.ts';
import type { Scheme } from './preview-view.ts';
import type { ShownImages } from './shown-images.ts';

/** The file of an image by its address in the mail; undefined when it is not on this machine. */
export type FindShownImage = (issue: Issue, url: string) => Promise<ImageFile | undefined>;

export interface ShownMail {
  readonly html: string;
  /** Another one when anything that is seen is another. */
  readonly version: string;
}

/** The HTML of a mail for a browser on this machine: images from disk or boxes in their place, in the scheme that was chosen. */
export async function showMail(
  html: string,
  issue: Issue,
  scheme: Scheme,
  { findImage, images }: { readonly findImage: FindShownImage; readonly images: ShownImages },
): Promise<ShownMail> {
  const shown = await replaceSources(inScheme(withoutReach(html), scheme), async (image) => {
    if (/^(?:data|cid):/i.test(image.src)) return escapeHtml(image.src);
    const file = await findImage(issue, image.src);
    return file === undefined ? imagePlaceholder(image, scheme) : images.addressOf(file);
  });
  return { html: shown, version: createHash('sha256').update(shown).digest('hex').slice(0, 16) };
}

/** No policy of a browser keeps `<link rel="preconnect">` from connecting. */
const withoutReach = (html: string): string =>
  html.replace(/<(?:link|base)\b[^>]*>|<meta\b[^>]*\bhttp-equiv=["']?refresh[^>]*>/gi, '');
