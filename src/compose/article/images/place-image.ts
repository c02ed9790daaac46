import { basename, extname } from 'node:path/posix';
import type { ImageFile } from '../../../domain/image-file.ts';
import type { Issue } from '../../../domain/issue.ts';
import { decoded } from '../decoded.ts';
import { isWebUrl, targetOf, urlOf, WEB_VERSION, type Place } from '../link-target.ts';
import type { BodyProblem } from '../report-in-body.ts';
import { whyUnusable } from '../why-unusable.ts';
import type { FoundImages } from './find-images.ts';
import { hasImageExtension, replacementsOf, unmailableFormat } from './image-format.ts';
import {
  addressedByAstro,
  insideItsAddress,
  inUnmailableFormat,
  notBesideThePost,
  type Outcomes,
  tooLarge,
  withoutAddress,
} from './image-problems.ts';

/** What becomes of an image in a mail. */
export type ImagePlace =
  | {
      readonly kind: 'image';
      readonly url: string;
      readonly file?: ImageFile;
      readonly problem?: BodyProblem;
    }
  /** Somewhere else it can be seen. */
  | { readonly kind: 'link'; readonly href: string; readonly problem: BodyProblem }
  | { readonly kind: 'words'; readonly problem: BodyProblem };

/** Where a mail gets an image from, by its address in the post: the web, or for what mail clients do not show the same image beside it. */
export function placeOfImage(
  written: string,
  place: Place,
  images: FoundImages,
  outcomes: Outcomes,
): ImagePlace {
  const address = written.trim();
  if (address === '') return { kind: 'words', problem: withoutAddress(outcomes) };
  if (/^data:/i.test(address))
    return { kind: 'link', href: WEB_VERSION, problem: insideItsAddress(outcomes) };

  const better = replacementsOf(address).find((replacement) => images.get(replacement) !== undefined);
  const used = better ?? address;
  const target = targetOf(fromPermalink(used, place.issue), place);
  const url = urlOf(target);
  if (url === undefined || !isWebUrl(url)) {
    return { kind: 'words', problem: whyUnusable('image', address, target, place, outcomes.words) };
  }

  const file = images.get(used);
  const isMissing =
    file === undefined && images.has(used) && isBesideThePost(used) && hasImageExtension(used);
  const missing = isMissing ? notBesideThePost(used) : undefined;
  if (isMovedByAstro(used, place.issue)) {
    return { kind: 'link', href: WEB_VERSION, problem: missing ?? addressedByAstro(used, outcomes) };
  }
  const format = unmailableFormat(used, file);
  if (format !== undefined) {
    return { kind: 'link', href: url, problem: missing ?? inUnmailableFormat(used, format, outcomes) };
  }
  const problem = file === undefined ? missing : tooLarge(used, file);
  return {
    kind: 'image',
    url,
    ...(file === undefined ? {} : { file }),
    ...(problem === undefined ? {} : { problem }),
  };
}

const isRelative = (address: string): boolean => !/^(?:[a-z][a-z0-9+.-]*:|[/\\#?])/i.test(address);

/** `@assets/` and `~/` are names that a site gives to folders. */
const isBesideThePost = (address: string): boolean => isRelative(address) && !/^[@~]/.test(address);

const isMovedByAstro = (address: string, { file }: Issue): boolean =>
  isRelative(address) && /(?:^|[/\\])src[/\\]content[/\\]/.test(file);

// Hexo publishes the folder `soil/` beside `soil.md` as the folder of the page, and editors write `soil/bed.jpg`.
function fromPermalink(address: string, { file }: Issue): string {
  const path = file.replaceAll('\\', '/');
  const folder = `${basename(path, extname(path))}/`;
  if (!path.includes('/_posts/') || !isBesideThePost(address)) return address;
  const [, first = '', rest = ''] = /^(?:\.\/)?([^/]+\/)(.+)$/s.exec(address) ?? [];
  return decoded(first).normalize('NFC') === folder.normalize('NFC') ? rest : address;
}
