import type { Root } from 'hast';
import { visit } from 'unist-util-visit';
import type { FindImage, ImageFile } from '../../../domain/image-file.ts';
import type { Issue } from '../../../domain/issue.ts';
import { attribute } from '../element.ts';
import { replacementsOf } from './image-format.ts';

/** Image addresses as written → their files; undefined = looked for on this machine and not found. */
export type FoundImages = ReadonlyMap<string, ImageFile | undefined>;

export const NO_IMAGES: FoundImages = new Map();

/** Looks up every image of a parsed body and the issue's own, and for a format that mail clients lack the same image in a better one. */
export async function findImages(
  tree: Root,
  issue: Issue,
  findImage: FindImage | undefined,
): Promise<FoundImages> {
  if (findImage === undefined) return NO_IMAGES;
  const written = [...addressesIn(tree), ...(issue.image === undefined ? [] : [issue.image.url])];
  const wanted = new Set(
    written
      .filter((address) => address !== '' && !/^data:/i.test(address))
      .flatMap((address) => [address, ...replacementsOf(address)]),
  );
  return new Map(
    await Promise.all(
      [...wanted].map(async (address) => [address, await findImage(issue, address)] as const),
    ),
  );
}

function addressesIn(tree: Root): string[] {
  const addresses: string[] = [];
  visit(tree, 'element', (node) => {
    const address = node.tagName === 'img' ? attribute(node, 'src') : attribute(node, 'poster');
    if (address !== undefined) addresses.push(address);
  });
  return addresses;
}
