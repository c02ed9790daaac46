/** Gives the page for people that belongs to a player's address; undefined when this address has none. */
type PageOf = (url: URL, path: readonly string[]) => string | undefined;

const query = (url: URL, name: string): string | undefined => url.searchParams.get(name) || undefined;

const ending = (url: URL, name: string, before: string): string | undefined => {
  const value = query(url, name);
  return value === undefined ? undefined : before + encodeURIComponent(value);
};

const afterEmbed =
  (before: string): PageOf =>
  (_, path) => {
    const at = path.indexOf('embed');
    const rest = path.slice(at + 1).join('/');
    return at < 0 || rest === '' ? undefined : before + rest;
  };

const webLink = (value: string | undefined): string | undefined =>
  value !== undefined && /^https?:\/\//i.test(value) && URL.canParse(value) ? new URL(value).href : undefined;

const without =
  (...names: string[]): PageOf =>
  (url) => {
    const page = new URL(url);
    for (const name of names) page.searchParams.delete(name);
    return page.href;
  };

const NETEASE_KINDS: Readonly<Record<string, string>> = {
  0: 'playlist',
  1: 'album',
  2: 'song',
  3: 'program',
  4: 'djradio',
};

/** By the host of the player, without `www.`. */
const PAGES: Readonly<Record<string, PageOf>> = {
  'player.vimeo.com': (url, [, id]) =>
    id && `https://vimeo.com/${id}${query(url, 'h') === undefined ? '' : `/${query(url, 'h')}`}`,
  'player.bilibili.com': bilibiliPage,
  'bilibili.com': (url, [first]) => (first === 'blackboard' ? bilibiliPage(url) : undefined),
  'open.spotify.com': (_, [first, ...rest]) =>
    first?.startsWith('embed') ? `https://open.spotify.com/${rest.join('/')}` : undefined,
  'w.soundcloud.com': (url) => {
    const page = webLink(query(url, 'url'));
    return page?.startsWith('https://api.') ? undefined : page;
  },
  'codepen.io': (_, [user, kind, ...rest]) =>
    kind === 'embed'
      ? `https://codepen.io/${user}/pen/${rest.filter((part) => part !== 'preview')[0]}`
      : undefined,
  'codesandbox.io': afterEmbed('https://codesandbox.io/s/'),
  'stackblitz.com': without('embed', 'ctl', 'view', 'hideNavigation'),
  'jsfiddle.net': (_, path) =>
    `https://jsfiddle.net/${path.slice(0, Math.max(path.indexOf('embedded'), 1)).join('/')}/`,
  'google.com': googlePage,
  'maps.google.com': without('output'),
  'docs.google.com': (_, path) =>
    `https://docs.google.com/${path.map((part) => (part === 'embed' ? 'pub' : part)).join('/')}`,
  'drive.google.com': (url) => url.href.replace(/\/preview(?=$|[?#])/, '/view'),
  'openstreetmap.org': (url) => {
    const [latitude, longitude] = (query(url, 'marker') ?? '').split(',').map(Number);
    return Number.isFinite(latitude) && Number.isFinite(longitude)
      ? `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}`
      : undefined;
  },
  'platform.twitter.com': (url) => ending(url, 'id', 'https://x.com/i/status/'),
  'instagram.com': (_, [kind, id]) => id && `https://www.instagram.com/${kind}/${id}/`,
  'tiktok.com': (_, path) => path.at(-1) && `https://www.tiktok.com/@/video/${path.at(-1)}`,
  'facebook.com': (url) => webLink(query(url, 'href')),
  'embed.podcasts.apple.com': (url) => url.href.replace('//embed.', '//'),
  'embed.music.apple.com': (url) => url.href.replace('//embed.', '//'),
  'embed.ted.com': (url) => url.href.replace('//embed.', '//www.'),
  'player.youku.com': (_, [, id]) => id && `https://v.youku.com/v_show/id_${id}.html`,
  'v.qq.com': (url) => ending(url, 'vid', 'https://v.qq.com/x/page/')?.concat('.html'),
  'music.163.com': (url) => {
    const kind = NETEASE_KINDS[query(url, 'type') ?? ''];
    return kind && ending(url, 'id', `https://music.163.com/#/${kind}?id=`);
  },
  'dailymotion.com': (_, path) => path.at(-1) && `https://www.dailymotion.com/video/${path.at(-1)}`,
  'geo.dailymotion.com': (url) => ending(url, 'video', 'https://www.dailymotion.com/video/'),
  'player.twitch.tv': (url) =>
    ending(url, 'video', 'https://www.twitch.tv/videos/') ?? ending(url, 'channel', 'https://www.twitch.tv/'),
  'clips.twitch.tv': (url) => ending(url, 'clip', 'https://clips.twitch.tv/'),
  'loom.com': afterEmbed('https://www.loom.com/share/'),
  'figma.com': (url) => webLink(query(url, 'url')),
  'embed.figma.com': (url) => url.href.replace('//embed.', '//www.'),
  'youtube.com': (url) => ending(url, 'list', 'https://www.youtube.com/playlist?list='),
  'youtube-nocookie.com': (url) => ending(url, 'list', 'https://www.youtube.com/playlist?list='),
};

/** The page for people that an `<iframe>` shows a part of: the player's own address when no better one is known. */
export function playerPage(address: string): string {
  const url = new URL(address);
  const host = url.hostname.replace(/^www\./, '').replace(/^google\.[a-z.]+$/, 'google.com');
  const pageOf = Object.hasOwn(PAGES, host) ? PAGES[host] : undefined;
  const page = pageOf?.(
    url,
    url.pathname.split('/').filter((part) => part !== ''),
  );
  return page !== undefined && URL.canParse(page) ? page : url.href;
}

function bilibiliPage(url: URL): string | undefined {
  const id = query(url, 'bvid') ?? (query(url, 'aid') && `av${query(url, 'aid')}`);
  if (id === undefined || !/^\w+$/.test(id)) return undefined;
  const part = Number(query(url, 'p') ?? query(url, 'page') ?? 1);
  return `https://www.bilibili.com/video/${id}/${part > 1 ? `?p=${part}` : ''}`;
}

/** Google's embedded maps show an error to whoever opens them as a page. */
function googlePage(url: URL, [first, second]: readonly string[]): string | undefined {
  if (first !== 'maps') return undefined;
  if (second !== 'embed') return without('output')(url, []);
  const place =
    query(url, 'q') ?? query(url, 'destination') ?? query(url, 'center') ?? placeIn(query(url, 'pb') ?? '');
  return place && `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(place)}`;
}

/** `pb` holds fields as `!2sName`, `!2dLongitude` and `!3dLatitude`. */
function placeIn(fields: string): string | undefined {
  const name = /!1m\d+!1s0x[^!]*!2s([^!]+)/.exec(fields)?.[1];
  const [, longitude, latitude] = /!2d(-?[\d.]+)!3d(-?[\d.]+)/.exec(fields) ?? [];
  return name ?? (latitude === undefined ? undefined : `${latitude},${longitude}`);
}
