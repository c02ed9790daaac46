import type { Properties } from 'hast';
import { filledIn } from '../../../domain/filled-in.ts';
import { htmlElement } from '../html-element.ts';
import { blocks, link, paragraph, text } from '../markdown-nodes.ts';
import type { TagHandler, TagHandlers, TagMeaning, TemplateTag } from '../template-tag.ts';
import { argument, innerText, named, under } from './tag-arguments.ts';

const WEB_ADDRESS = /^(?:https?:)?\/\//i;

/** What names the thing that is played, in the words of many themes. */
const IDS = ['id', 'videoid', 'video', 'vid', 'bvid', 'bv', 'aid', 'code', 'url', 'src', 'link'];

/** A player of what an id or an address names; the article makes a link of it. */
const player =
  (addressOf: (id: string, tag: TemplateTag) => string | undefined): TagHandler =>
  (tag) => {
    const id = argument(tag, 0, ...IDS);
    if (id === undefined) return undefined;
    const src = WEB_ADDRESS.test(id) ? id : addressOf(id, tag);
    return src === undefined ? undefined : framed('iframe', src, tag);
  };

const after = (before: string): TagHandler => player((id) => before + encodeURIComponent(id));

const framed = (element: 'iframe' | 'video' | 'audio', src: string, tag: TemplateTag): TagMeaning => {
  const [title, poster] = [named(tag, 'title', 'label', 'caption', 'alt'), named(tag, 'poster', 'cover')];
  const properties: Properties = {
    src,
    ...(title === undefined ? {} : { title }),
    ...(poster === undefined || element !== 'video' ? {} : { poster }),
  };
  return blocks([htmlElement(element, properties, [])]);
};

const file =
  (element: 'iframe' | 'video' | 'audio'): TagHandler =>
  (tag) => {
    const src = argument(
      tag,
      0,
      'src',
      'url',
      'file',
      'path',
      'mp4',
      'mp3',
      'webm',
      'link',
      'href',
      'source',
    );
    return src === undefined || !/[/.]/.test(src) ? undefined : framed(element, src, tag);
  };

const youTube = player((id, tag) => {
  const start = named(tag, 'start', 't');
  return `https://www.youtube.com/embed/${encodeURIComponent(id)}${start === undefined ? '' : `?start=${encodeURIComponent(start)}`}`;
});

const vimeo = after('https://player.vimeo.com/video/');

const bilibili = player((id, tag) => {
  const part = argument(tag, 1, 'p', 'page', 'part');
  const number = /^(?:av)?(\d+)$/i.exec(id)?.[1];
  const video = number === undefined ? `bvid=${encodeURIComponent(id)}` : `aid=${number}`;
  return `https://player.bilibili.com/player.html?${video}${part === undefined ? '' : `&p=${encodeURIComponent(part)}`}`;
});

/** A video of the blog's own, or `{% include video id="…" provider="youtube" %}`. */
const video: TagHandler = (tag, context) => {
  const provider = named(tag, 'provider', 'type', 'platform')?.toLowerCase();
  const handler = provider === undefined ? undefined : { youtube: youTube, vimeo, bilibili }[provider];
  return handler?.(tag, context) ?? file('video')(tag, context);
};

/** X and Twitter: `user` and `id`, or the id alone. */
const post: TagHandler = player((id, tag) => {
  const [first, second] = tag.positional;
  const [user, status] = second === undefined ? [named(tag, 'user'), id] : [first, second];
  return user === undefined
    ? `https://platform.twitter.com/embed/Tweet.html?id=${encodeURIComponent(status)}`
    : `https://x.com/${encodeURIComponent(user)}/status/${encodeURIComponent(status)}`;
});

const music: TagHandler = (tag, context) => {
  const page = named(tag, 'auto');
  if (page !== undefined && WEB_ADDRESS.test(page)) return framed('iframe', page, tag);
  // LoveIt names the server before the other two.
  const [server = named(tag, 'server') ?? 'netease', ...given] =
    tag.positional.length > 2 ? tag.positional : [undefined, ...tag.positional];
  const [kind, number] = given.length > 1 ? given : [named(tag, 'type') ?? 'song', argument(tag, 0, 'id')];
  const type = { playlist: 0, album: 1, song: 2 }[kind ?? ''];
  if (server !== 'netease' || type === undefined || !/^\d+$/.test(number ?? ''))
    return file('audio')(tag, context);
  return framed('iframe', `https://music.163.com/outchain/player?type=${type}&id=${number}`, tag);
};

const codePen = player((id, tag) => {
  const [first, second] = tag.positional;
  const [user, pen] = second === undefined ? [named(tag, 'user'), id] : [first, second];
  return user === undefined
    ? undefined
    : `https://codepen.io/${encodeURIComponent(user)}/embed/${encodeURIComponent(pen)}`;
});

const spotify = player((id, tag) => {
  const kind = named(tag, 'type') ?? (tag.positional.length > 1 ? tag.positional[0] : 'track');
  const what = tag.positional.length > 1 ? (tag.positional[1] ?? id) : id;
  return `https://open.spotify.com/embed/${encodeURIComponent(kind ?? 'track')}/${encodeURIComponent(what)}`;
});

/** `{{< gist user id file >}}`, `{% gist id %}`. */
const gist: TagHandler = (tag, { words }) => {
  const parts =
    tag.positional.length > 0
      ? tag.positional
      : [named(tag, 'user'), named(tag, 'id', 'url', 'src'), named(tag, 'file')];
  const given = parts.filter((part) => part !== undefined);
  const [first = '', second] = given;
  if (first === '') return undefined;
  const hasUser = second !== undefined && !first.includes('/') && /^[0-9a-f]+$/i.test(second);
  const fileName = given[hasUser ? 2 : 1];
  const path = hasUser ? `${first}/${second}` : first.replace(/\.js$/, '');
  const url = WEB_ADDRESS.test(path) ? path : `https://gist.github.com/${encodeURI(path)}`;
  return blocks([card(url, filledIn(words.codeOn, { host: 'gist.github.com' }), fileName)]);
};

const repository =
  (host: string): TagHandler =>
  (tag, { words }) => {
    const path = argument(tag, 0, 'repo', 'project', 'name', 'projectid', 'user');
    if (path === undefined || !/^[\w./-]+$/.test(path)) return undefined;
    return blocks([card(`https://${host}/${path}`, filledIn(words.openOn, { host }), path)]);
  };

const card = (url: string, words: string, title: string | undefined) =>
  htmlElement('div', { className: ['embed'] }, [
    ...(title === undefined
      ? []
      : [{ ...paragraph([text(title)]), data: { hProperties: { className: ['embed-title'] } } }]),
    paragraph([link(url, [text(words)])]),
  ]);

/** LoveIt's `{{< mapbox 121.5 25.0 12 >}}`, the longitude first. */
const mapbox: TagHandler = (tag, { words }) => {
  const [lng, lat] = [argument(tag, 0, 'lng'), argument(tag, 1, 'lat')];
  const zoom = argument(tag, 2, 'zoom') ?? '10';
  if (![lng, lat, zoom].every((one) => /^-?\d+(?:\.\d+)?$/.test(one ?? ''))) return undefined;
  const host = 'www.openstreetmap.org';
  const url = `https://${host}/?mlat=${lat}&mlon=${lng}#map=${zoom}/${lat}/${lng}`;
  return blocks([card(url, filledIn(words.openOn, { host }), undefined)]);
};

/** `{{< qr text="https://…" />}}`: what a camera would read. */
const qr: TagHandler = (tag) => {
  const said = innerText(tag)?.trim() ?? argument(tag, 0, 'text', 'url', 'content');
  if (said === undefined) return undefined;
  return blocks([paragraph([WEB_ADDRESS.test(said) ? link(said, [text(said)]) : text(said)])]);
};

export const playerTags: TagHandlers = {
  ...under('youtube yt youtubelite youtubeembed youtubevideo embedyoutube ytvideo liteyoutube', youTube),
  ...under('vimeo vimeosimple embedvimeo', vimeo),
  ...under('bilibili bili bvideo bilibiliplayer', bilibili),
  ...under('x tweet twitter xsimple tweetsimple twittersimple twitterstatus', post),
  ...under('instagram ig instagramsimple', after('https://www.instagram.com/p/')),
  ...under('tencent tencentvideo qqvideo vqq txvideo', after('https://v.qq.com/txp/iframe/player.html?vid=')),
  ...under('video videojs html5video mp4 localvideo dplayer videofile', video),
  ...under('audio mp3 podcast audiofile', file('audio')),
  ...under(
    'iframe embed pdf embedpdf pdfviewer pdfjs ifr webpage slides googleslides gslides map',
    file('iframe'),
  ),
  ...under('music netease neteasemusic meting aplayer', music),
  youku: after('https://player.youku.com/embed/'),
  douyin: after('https://www.douyin.com/video/'),
  xigua: after('https://www.ixigua.com/'),
  tiktok: after('https://www.tiktok.com/embed/v2/'),
  dailymotion: after('https://www.dailymotion.com/embed/video/'),
  asciinema: after('https://asciinema.org/a/'),
  loom: after('https://www.loom.com/share/'),
  codesandbox: after('https://codesandbox.io/s/'),
  stackblitz: after('https://stackblitz.com/edit/'),
  jsfiddle: player((id) => `https://jsfiddle.net/${encodeURI(id)}/`),
  codepen: codePen,
  pen: codePen,
  spotify,
  gist,
  mapbox,
  qr,
  qrcode: qr,
  ...under('github githubcard ghcard githubrepo', repository('github.com')),
  gitlab: repository('gitlab.com'),
  gitee: repository('gitee.com'),
  codeberg: repository('codeberg.org'),
};
