import type { Element, ElementContent } from 'hast';
import { attribute, isElement } from '../element.ts';
import { WEB_VERSION } from '../link-target.ts';
import { linkCard, openOn, posterCard, withTitle } from './embed-card.ts';
import { webAddress, type EmbedContext } from './embed-context.ts';
import { embedTitle } from './embed-title.ts';
import { playerPage } from './player-page.ts';
import { unmailable } from './unmailable.ts';
import { youTubeVideo, youTubeVideoById, type YouTubeVideo } from './youtube-video.ts';

/** A frame with another page in it → a video's picture with a link, or a link to that page. */
export function frame(node: Element, context: EmbedContext): ElementContent[] {
  const address = webAddress(sourceOf(node), context.place);
  if (address === undefined) return unmailable(node, context);
  const title = embedTitle(node);
  const video = youTubeVideo(address);
  if (video !== undefined) return [videoCard(video, title, node, context)];
  const href = playerPage(address);
  return [linkCard({ href, words: openOn(context.words.openOn, href), title })];
}

/** `<lite-youtube videoid="…">` and its like. */
export function liteYouTube(node: Element, context: EmbedContext): ElementContent[] {
  const video = youTubeVideoById(attribute(node, 'videoid') ?? attribute(node, 'videoId') ?? '');
  if (video === undefined) return unmailable(node, context);
  const title = embedTitle(node) ?? attribute(node, 'playlabel');
  return [videoCard(video, title, node, context)];
}

/** A video of the blog's own → its poster and a link to the file. */
export function video(node: Element, context: EmbedContext): ElementContent[] {
  const href = mediaAddress(node, context);
  if (href === undefined) return unmailable(node, context);
  const title = embedTitle(node);
  const words = `▶ ${withTitle(context.words.watchVideo, title, context)}`;
  const poster = attribute(node, 'poster');
  return [
    poster === undefined || poster === ''
      ? linkCard({ href, words })
      : posterCard({ href, words, title: title ?? context.words.watchVideo, poster: { src: poster } }, node),
  ];
}

/** A recording → a link to the file. */
export function audio(node: Element, context: EmbedContext): ElementContent[] {
  const href = mediaAddress(node, context);
  if (href === undefined) return unmailable(node, context);
  return [linkCard({ href, words: withTitle(context.words.listen, embedTitle(node), context) })];
}

function videoCard(
  found: YouTubeVideo,
  title: string | undefined,
  at: Element,
  context: EmbedContext,
): Element {
  const { watchVideo } = context.words;
  return posterCard(
    {
      href: found.pageUrl,
      words: `▶ ${withTitle(watchVideo, title, context)}`,
      title: title ?? watchVideo,
      poster: { src: found.thumbnailUrl, width: 480, height: 360 },
    },
    at,
  );
}

const sourceOf = (node: Element): string | undefined =>
  [attribute(node, 'src'), attribute(node, 'dataSrc')].find(
    (address) => address !== undefined && !/^\s*(?:about:blank)?\s*$/i.test(address),
  );

/** Of the file, or of the post on the web when the file's address is not known; undefined when there is no file. */
function mediaAddress(node: Element, { place }: EmbedContext): string | undefined {
  const sources = [node, ...node.children.filter((child): child is Element => isElement(child, 'source'))];
  const written = sources.map(sourceOf).filter((address) => address !== undefined);
  const known = written.map((address) => webAddress(address, place)).find((address) => address !== undefined);
  const isOnBlog = written.some((address) => !/^\s*[a-z][a-z0-9+.-]*:/i.test(address));
  return known ?? (isOnBlog ? WEB_VERSION : undefined);
}
