import type { FindImage, ImageFile } from '../domain/image-file.ts';
import type { Issue } from '../domain/issue.ts';

const DEEPEST = 6;

/**
 * The file of an image by its address in the mail, where the post's own address is no longer to be seen: as it stands, and for one on the
 * blog itself by the ends of its path (`/posts/frost/bed.jpg` was `bed.jpg` in the post).
 */
export async function findShownImage(
  findImage: FindImage,
  issue: Issue,
  url: string,
  siteUrl: string | undefined,
): Promise<ImageFile | undefined> {
  for (const address of [url, ...endsOfPath(url, siteUrl)]) {
    const file = await findImage(issue, address);
    if (file !== undefined) return file;
  }
  return undefined;
}

function endsOfPath(url: string, siteUrl: string | undefined): string[] {
  if (siteUrl === undefined || !URL.canParse(url)) return [];
  const { host, pathname } = new URL(url);
  if (host !== new URL(siteUrl).host) return [];
  const parts = pathname.split('/').filter((part) => part !== '');
  const ends = parts.map((_, index) => parts.slice(index).join('/'));
  return ends.slice(-DEEPEST);
}
