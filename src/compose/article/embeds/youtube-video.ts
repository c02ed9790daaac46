/** A video on YouTube. */
export interface YouTubeVideo {
  readonly pageUrl: string;
  /** 480 × 360 px, which every video has. */
  readonly thumbnailUrl: string;
}

const VIDEO_ID = /^[\w-]{11}$/;
/** Stands where the id of a video would. */
const PLAYLIST = 'videoseries';
const HOSTS = /^(?:(?:www|m|music|gaming)\.)?(?:youtube\.com|youtube-nocookie\.com|youtu\.be)$/;

/** The video that an address of a player, a page or a short link leads to; undefined for anything else. */
export function youTubeVideo(address: string): YouTubeVideo | undefined {
  const url = new URL(address);
  if (!HOSTS.test(url.hostname)) return undefined;
  const [first = '', second = ''] = url.pathname.split('/').filter((part) => part !== '');
  const inPath =
    url.hostname === 'youtu.be' ? first : /^(?:embed|v|e|shorts|live)$/.test(first) ? second : '';
  const id = inPath || (url.searchParams.get('v') ?? '');
  return VIDEO_ID.test(id) && id !== PLAYLIST ? videoOf(id, secondsIn(url)) : undefined;
}

/** A video by its id; undefined when no video can have it. */
export const youTubeVideoById = (id: string): YouTubeVideo | undefined =>
  VIDEO_ID.test(id) ? videoOf(id, 0) : undefined;

const videoOf = (id: string, start: number): YouTubeVideo => ({
  pageUrl: `https://www.youtube.com/watch?v=${id}${start > 0 ? `&t=${start}s` : ''}`,
  thumbnailUrl: `https://i.ytimg.com/vi/${id}/hqdefault.jpg`,
});

/** `start=90`, `t=90`, `t=1m30s`. */
function secondsIn({ searchParams, hash }: URL): number {
  const written = searchParams.get('start') ?? searchParams.get('t') ?? /^#t=(.+)$/.exec(hash)?.[1] ?? '';
  const [whole, hours = 0, minutes = 0, seconds = 0] =
    /^(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?$/.exec(written) ?? [];
  return whole === undefined ? 0 : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
