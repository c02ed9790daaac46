import { hasImageExtension } from './image-extension.ts';

/** Where an image address of a post points, before anything is looked up. */
export interface ImagePath {
  /** Unescaped, with `/`, without query and fragment. It begins with `/` when it is told from the root of the site. */
  readonly path: string;
  /** The same told from the root of the blog, for a blog that is in a folder of its site (`https://example.com/blog/`). */
  readonly inBlog?: string;
}

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const ELSEWHERE = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;

/** Undefined for what is no image of this blog: another site's, a `data:` address, a template. */
export function imagePathOf(url: string, siteUrl?: string): ImagePath | undefined {
  const typed = url.trim();
  const slashed = SCHEME.test(typed) ? typed : typed.replaceAll('\\', '/');
  const local = ELSEWHERE.test(slashed) ? onSite(slashed, siteUrl) : slashed;
  const path = local === undefined ? '' : unescaped(local.replace(/[?#].*$/s, ''));
  if (!hasImageExtension(path) || path.includes('\0')) return undefined;

  const folder = siteUrl === undefined ? '/' : unescaped(new URL(siteUrl).pathname.replace(/\/*$/, '/'));
  const isInBlog = folder !== '/' && path.startsWith(folder);
  return isInBlog ? { path, inBlog: path.slice(folder.length - 1) } : { path };
}

/** The address without its site, when the site is the blog's, by http or https. */
function onSite(address: string, siteUrl: string | undefined): string | undefined {
  if (siteUrl === undefined || !URL.canParse(address, siteUrl)) return undefined;
  const { host, pathname, protocol } = new URL(address, siteUrl);
  return /^https?:$/.test(protocol) && host === new URL(siteUrl).host ? pathname : undefined;
}

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}
