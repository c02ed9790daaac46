import type { Element, ElementContent } from 'hast';
import { attribute, element, text, textOf } from '../element.ts';
import { linkCard, openOn } from './embed-card.ts';
import { webAddress, type EmbedContext } from './embed-context.ts';

const FORMULA = /^math\//i;
/** Data for machines, of which no reader sees anything. */
const DATA = /^(?:application\/(?:ld\+)?json|speculationrules|importmap|text\/x-mathjax-config)/i;
/** Scripts that dress up what stands beside them in the post, and can be read without them. */
const DRESSING =
  /^https:\/\/(?:platform\.(?:twitter|x|instagram)\.com|(?:www\.)?(?:instagram|tiktok|threads)\.(?:com|net)|(?:static|public)\.codepen\.io|cpwebassets\.codepen\.io|embedr\.flickr\.com|s\.imgur\.com|embed\.redditmedia\.com|embed\.bsky\.app)\//i;

/** A script that shows something → a link to it; others are left out, with a warning unless nothing is lost by it. */
export function script(node: Element, context: EmbedContext): ElementContent[] {
  const type = attribute(node, 'type') ?? '';
  if (FORMULA.test(type)) return [element('code', {}, [text(textOf(node).trim())])];
  if (DATA.test(type)) return [];

  const address = webAddress(attribute(node, 'src'), context.place);
  const shown = address === undefined ? undefined : (gist(address, context) ?? asciinema(address, context));
  if (shown !== undefined) return [shown];
  if (address === undefined || !DRESSING.test(address)) reportLoss(node, context);
  return [];
}

function gist(address: string, { words }: EmbedContext): Element | undefined {
  const url = new URL(address);
  const [, path] = /^\/([\w-]+\/\w+|\w{20,})(?:\.js|\.json)?$/.exec(url.pathname) ?? [];
  if (url.hostname !== 'gist.github.com' || path === undefined) return undefined;
  const file = url.searchParams.get('file') ?? undefined;
  const anchor =
    file === undefined
      ? ''
      : `#file-${encodeURIComponent(file.toLowerCase().replace(/[^\p{L}\p{N}_]+/gu, '-'))}`;
  const href = `https://gist.github.com/${path}${anchor}`;
  return linkCard({ href, words: openOn(words.codeOn, href), title: file });
}

function asciinema(address: string, { words }: EmbedContext): Element | undefined {
  const page = /^(https:\/\/asciinema\.org\/a\/\w+)\.js/.exec(address)?.[1];
  return page === undefined ? undefined : linkCard({ href: page, words: openOn(words.openOn, page) });
}

const reportLoss = (node: Element, { report }: EmbedContext): void =>
  report(node, {
    rule: 'html-unmailable',
    message: 'Mail runs no scripts, so a <script> was left out.',
    fix: 'Say in text what it shows, or link to a page that has it.',
  });
