import { dirname, resolve } from 'node:path';
import type { FindImage } from '../domain/image-file.ts';
import { FolderTree } from './images/folder-tree.ts';
import { imagePathOf } from './images/image-path.ts';
import { ImageReader } from './images/image-reader.ts';
import { insideOf } from './images/inside-of.ts';
import { placesOfImage } from './images/places-of-image.ts';
import { siteOf, type Site } from './images/site-of.ts';

export interface ImageFinderOptions {
  /** Relative to the folder the command runs in, or absolute. */
  readonly contentFolder: string;
  /** Where the blog is on the web: what begins with it is looked for as if it began with `/`. */
  readonly siteUrl?: string | undefined;
}

/**
 * Finds images where Hugo, Jekyll, Hexo and Astro keep them: beside the post or in its folder of assets, and in the static folders of
 * the site. Only files with the extension of an image, inside the content folder or the site around the post, are looked at. Folders
 * and files are read again when they have changed, so that one finder may live as long as the program.
 */
export function createImageFinder({ contentFolder, siteUrl }: ImageFinderOptions): FindImage {
  const content = resolve(contentFolder);
  const tree = new FolderTree();
  const reader = new ImageReader();
  return async (issue, url) => {
    const wanted = imagePathOf(url, siteUrl);
    if (wanted === undefined) return undefined;
    const site = siteOf(dirname(resolve(issue.file)), content, tree);
    for (const place of placesOfImage(wanted, issue, site)) {
      const path = foundAt(place, site, tree);
      const file = path === undefined ? undefined : await reader.read(path, site.folders);
      if (file !== undefined) return file;
    }
    return undefined;
  };
}

/** The path as it is on the disk, of a place inside the site or the content folder. */
function foundAt(place: string, { folders }: Site, tree: FolderTree): string | undefined {
  for (const folder of folders) {
    const way = insideOf(folder, place);
    if (way !== undefined) return tree.find(folder, way);
  }
  return undefined;
}
