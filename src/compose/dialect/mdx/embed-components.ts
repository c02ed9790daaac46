import type { Properties } from 'hast';
import { filledIn } from '../../../domain/filled-in.ts';
import { htmlElement } from '../html-element.ts';
import { blocks, code, link, paragraph, text } from '../markdown-nodes.ts';
import type { TagHandler, TagHandlers, TagMeaning, TemplateTag } from '../template-tag.ts';

const WEB_ADDRESS = /^https?:\/\//i;

/** A player of what the writer named: by a whole address, or by an id that belongs after `before`. */
const player =
  (before: string): TagHandler =>
  (tag) => {
    const given = idOf(tag);
    if (given === undefined) return undefined;
    const src = WEB_ADDRESS.test(given) ? given : before + encodeURIComponent(given);
    return embedded('iframe', { src, ...titled(tag) });
  };

const gist: TagHandler = (tag, { words }) => {
  const given = idOf(tag);
  if (given === undefined) return undefined;
  const url = WEB_ADDRESS.test(given) ? given : `https://gist.github.com/${encodeURI(given)}`;
  return blocks([paragraph([link(url, [text(filledIn(words.codeOn, { host: 'gist.github.com' }))])])]);
};

const framed =
  (name: 'iframe' | 'video' | 'audio'): TagHandler =>
  (tag) => {
    const src = tag.named['src'] || tag.named['url'];
    const poster = tag.named['poster'];
    if (src === undefined || src === '') return undefined;
    return embedded(name, { src, ...(poster && { poster }), ...titled(tag) });
  };

const mermaid: TagHandler = (tag) => {
  const value = tag.named['chart'] || tag.named['code'] || tag.inner?.text.trim();
  return value ? blocks([code(value, 'mermaid')]) : undefined;
};

const youTube = player('https://www.youtube.com/embed/');
const post = player('https://platform.twitter.com/embed/Tweet.html?id=');

/** What a page plays or fetches, as the element that the page would have; the article makes a link of it. */
export const embedComponents: TagHandlers = {
  youtube: youTube,
  youtubeembed: youTube,
  youtubevideo: youTube,
  liteyoutube: youTube,
  liteyoutubeembed: youTube,
  vimeo: player('https://player.vimeo.com/video/'),
  bilibili: player('https://player.bilibili.com/player.html?bvid='),
  spotify: player('https://open.spotify.com/embed/'),
  codepen: player('https://codepen.io/'),
  tweet: post,
  twittertweetembed: post,
  x: post,
  gist,
  iframe: framed('iframe'),
  video: framed('video'),
  audio: framed('audio'),
  mermaid,
};

/** What names the thing, in the words of many players. */
function idOf({ named }: TemplateTag): string | undefined {
  const key = [
    'id',
    'videoid',
    'youtubeid',
    'tweetid',
    'tweet',
    'gist',
    'bvid',
    'src',
    'url',
    'href',
    'link',
  ].find((key) => (named[key] ?? '') !== '');
  return key === undefined ? undefined : named[key];
}

const titled = ({ named }: TemplateTag): Properties => (named['title'] ? { title: named['title'] } : {});

const embedded = (name: string, properties: Properties): TagMeaning =>
  blocks([htmlElement(name, properties, [])]);
