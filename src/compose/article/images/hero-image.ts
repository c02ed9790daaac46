import type { Problem } from '../../../domain/problem.ts';
import { plainLine } from '../../plain-line.ts';
import type { Place } from '../link-target.ts';
import type { FoundImages } from './find-images.ts';
import { OUTCOMES_IN_HEAD, shownAddress } from './image-problems.ts';
import { shownSize } from './image-size.ts';
import { placeOfImage } from './place-image.ts';

/** The picture above an issue; `width` and `height` in px, inside the text column, null when its file is not at hand. */
export interface HeroImage {
  readonly url: string;
  /** '' when the writer says nothing: the title stands beside it. */
  readonly alt: string;
  readonly width: number | null;
  readonly height: number | null;
}

/** The issue's own image as a mail can show it, else null; what is wrong with it goes to `problems`. */
export function heroImage(place: Place, images: FoundImages, problems: Problem[]): HeroImage | null {
  const { image, file, lines } = place.issue;
  if (image === undefined) return null;
  const where = {
    severity: 'warning',
    file,
    ...(lines.image === undefined ? {} : { line: lines.image }),
  } as const;
  const found = placeOfImage(image.url, place, images, OUTCOMES_IN_HEAD);
  if (found.problem !== undefined) problems.push({ ...where, ...found.problem });
  if (found.kind !== 'image') return null;

  if (image.alt.trim() === '') problems.push({ ...where, ...withoutAlt(image.url) });
  const { width = null, height = null } = shownSize(image.url, {}, found.file);
  return { url: found.url, alt: plainLine(image.alt), width, height };
}

const withoutAlt = (address: string): Omit<Problem, 'severity' | 'file'> => ({
  rule: 'alt-text',
  message: `The issue's image "${shownAddress(address)}" has no alternative text, so readers who cannot see it learn nothing of it.`,
  fix: 'Say what it shows with `image_alt` in the front matter.',
});
