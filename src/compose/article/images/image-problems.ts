import type { ImageFile } from '../../../domain/image-file.ts';
import type { BodyProblem } from '../report-in-body.ts';
import { decoded } from '../decoded.ts';

const MEGABYTE = 1_000_000;
const LARGEST_FILE = MEGABYTE;
const WIDEST_FILE = 2_400;
/** What a reader on a phone may be asked to load for one issue. */
const LARGEST_TOTAL = 8 * MEGABYTE;

/** An address as messages show it: as people read it, and not without end. */
export function shownAddress(address: string): string {
  const readable = decoded(address);
  return readable.length > 80 ? `${readable.slice(0, 80)}…` : readable;
}

export const withoutAltText = (address: string): BodyProblem => ({
  rule: 'alt-text',
  message: `The image "${shownAddress(address)}" has no alternative text, which is all that many readers get of it.`,
  fix: 'Write what it shows, as in ![what it shows](address); alt="" in HTML says that it is decoration.',
});

/** What happens to an image that mail cannot have, for the end of a message. */
export interface Outcomes {
  readonly link: string;
  readonly words: string;
}

export const OUTCOMES_IN_BODY: Outcomes = {
  link: 'so a link stands in its place',
  words: 'so its description stands in its place',
};

export const OUTCOMES_IN_HEAD: Outcomes = {
  link: 'so the mail goes without it',
  words: 'so the mail goes without it',
};

/** For SVG and the like. */
export const inUnmailableFormat = (address: string, format: string, { link }: Outcomes): BodyProblem => ({
  rule: 'image-format',
  message: `The image "${shownAddress(address)}" is ${format}, which many mail clients do not show, ${link}.`,
  fix: 'Put the same image as PNG or JPEG beside it, under the same name.',
});

export const insideItsAddress = ({ link }: Outcomes): BodyProblem => ({
  rule: 'image-format',
  message: `An image is written into the post as a data: address, which Gmail and Outlook do not show, ${link}.`,
  fix: 'Save it as a file beside the post, and use the path of that file.',
});

export const withoutAddress = ({ words }: Outcomes): BodyProblem => ({
  rule: 'missing-image',
  message: `An image has no address, ${words}.`,
  fix: 'Write the path or the address of the image, or take it out.',
});

export const notBesideThePost = (address: string): BodyProblem => ({
  rule: 'missing-image',
  message: `There is no file "${shownAddress(address)}" beside the post, so the image may be missing in the mail.`,
  fix: 'Check the spelling, upper and lower case too, or write the whole address of the image.',
});

/** Astro gives images under `src/` addresses that nobody knows before the site is built. */
export const addressedByAstro = (address: string, { link }: Outcomes): BodyProblem => ({
  rule: 'image-address',
  message: `Astro gives the image "${shownAddress(address)}" a new address when it builds the site, ${link}.`,
  fix: 'Put the file under public/, and write its path from there: /images/frost.jpg.',
});

/** Undefined when a mail can well have the file. */
export function tooLarge(address: string, { bytes, width = 0 }: ImageFile): BodyProblem | undefined {
  const isWide = width > WIDEST_FILE;
  if (bytes <= LARGEST_FILE && !isWide) return undefined;
  const sizes = [
    ...(bytes > LARGEST_FILE ? [megabytes(bytes)] : []),
    ...(isWide ? [`${width} px wide`] : []),
  ];
  return {
    rule: 'large-image',
    message: `The image "${shownAddress(address)}" is ${sizes.join(' and ')}, and is loaded by every reader.`,
    fix: 'Make it at most 1,200 px wide and smaller than 1 MB.',
  };
}

/** About all the images of an issue, each file counted once; undefined when they are no burden. */
export function tooLargeTogether(files: Iterable<ImageFile>): BodyProblem | undefined {
  const unique = new Map([...files].map((file) => [file.path, file.bytes]));
  const total = [...unique.values()].reduce((sum, bytes) => sum + bytes, 0);
  if (total <= LARGEST_TOTAL) return undefined;
  return {
    rule: 'large-image',
    message: `The ${unique.size} images of this issue are ${megabytes(total)} together, and are loaded by every reader.`,
    fix: 'Make them smaller, or leave some to the web page.',
  };
}

const megabytes = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(1)} MB`;
