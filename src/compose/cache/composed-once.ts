import type { FindImage, ImageFile } from '../../domain/image-file.ts';
import type { Issue } from '../../domain/issue.ts';
import type { RenderResult } from '../render-issue.ts';
import type { ComposedCache, ComposedEntry } from './composed-cache.ts';

/**
 * What `compose` gives, or gave the last time it was asked with this key, as long as the images it asked for are the same files.
 * `compose` has to look for images with the function it is given.
 */
export async function composedOnce(
  { cache, key, issue, findImage }: Known,
  compose: (findImage?: FindImage) => Promise<RenderResult>,
): Promise<RenderResult> {
  if (cache === undefined) return compose(findImage);
  const kept = await cache.get(key);
  if (kept !== undefined && (await areTheSame(kept.images, issue, findImage))) return kept.result;

  const asked = new Map<string, ImageFile | null>();
  const result = await compose(findImage && remembering(findImage, asked));
  await cache.set(key, { images: [...asked], result });
  return result;
}

interface Known {
  readonly cache?: ComposedCache;
  readonly key: string;
  readonly issue: Issue;
  readonly findImage?: FindImage;
}

async function areTheSame(
  images: ComposedEntry['images'],
  issue: Issue,
  findImage: FindImage | undefined,
): Promise<boolean> {
  const now = await Promise.all(images.map(async ([url]) => [url, (await findImage?.(issue, url)) ?? null]));
  return JSON.stringify(now) === JSON.stringify(images);
}

const remembering =
  (findImage: FindImage, asked: Map<string, ImageFile | null>): FindImage =>
  async (issue, url) => {
    const file = await findImage(issue, url);
    asked.set(url, file ?? null);
    return file;
  };
