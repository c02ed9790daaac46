import { expect, test } from 'vitest';
import { articleOf } from './article-of.ts';

const frame = (src: string, more = ''): string => `<iframe src="${src}" ${more}></iframe>`;

test.each([
  ['https://www.youtube.com/embed/abcdefghijk', ''],
  ['//www.youtube.com/embed/abcdefghijk?rel=0', ''],
  ['https://www.youtube-nocookie.com/embed/abcdefghijk', ''],
  ['https://youtube.com/shorts/abcdefghijk', ''],
  ['https://m.youtube.com/watch?v=abcdefghijk', ''],
  ['https://youtu.be/abcdefghijk', ''],
  ['https://www.youtube.com/live/abcdefghijk', ''],
  ['https://www.youtube.com/v/abcdefghijk', ''],
  ['https://www.youtube.com/embed/abcdefghijk?start=90', '&#x26;t=90s'],
  ['https://youtu.be/abcdefghijk?t=1h1m30s', '&#x26;t=3690s'],
  ['https://youtu.be/abcdefghijk?t=soon', ''],
])('%s is a video on YouTube', (src, start) => {
  const { html, rules } = articleOf(frame(src));
  const page = `https://www.youtube.com/watch?v=abcdefghijk${start}`;
  expect(html).toBe(
    `<div class="embed"><p><a href="${page}"><img src="https://i.ytimg.com/vi/abcdefghijk/hqdefault.jpg" ` +
      `alt="Watch the video" width="480" height="360"></a></p>` +
      `<p class="embed-title"><a href="${page}">▶ Watch the video</a></p></div>`,
  );
  expect(rules).toEqual([]);
});

test('a video is called by its title, unless that only says what it is', () => {
  const titled = articleOf(frame('https://youtu.be/abcdefghijk', 'title="How to <dig>"'));
  expect(titled.html).toContain('alt="How to <dig>"');
  expect(titled.html).toContain('▶ Watch the video: How to &#x3C;dig></a>');
  for (const title of ['YouTube video player', 'YouTube video', 'video', 'youtube Video']) {
    expect(articleOf(frame('https://youtu.be/abcdefghijk', `title="${title}"`)).html).toContain(
      '▶ Watch the video</a>',
    );
  }
});

test.each([
  ['https://player.vimeo.com/video/12345?autoplay=1', 'https://vimeo.com/12345'],
  ['https://player.vimeo.com/video/12345?h=ab12', 'https://vimeo.com/12345/ab12'],
  [
    '//player.bilibili.com/player.html?bvid=BV1xx411c7mD&page=2',
    'https://www.bilibili.com/video/BV1xx411c7mD/?p=2',
  ],
  ['https://player.bilibili.com/player.html?aid=170001', 'https://www.bilibili.com/video/av170001/'],
  ['https://open.spotify.com/embed/track/4uLU6?utm=1', 'https://open.spotify.com/track/4uLU6'],
  ['https://open.spotify.com/embed-podcast/episode/4uLU6', 'https://open.spotify.com/episode/4uLU6'],
  [
    'https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/elm/rain&color=red',
    'https://soundcloud.com/elm/rain',
  ],
  ['https://codepen.io/elm/embed/preview/abc?default-tab=css', 'https://codepen.io/elm/pen/abc'],
  ['https://codesandbox.io/embed/abc', 'https://codesandbox.io/s/abc'],
  ['https://jsfiddle.net/elm/abc/embedded/result/', 'https://jsfiddle.net/elm/abc/'],
  [
    'https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d3614!2d121.5645!3d25.0339!2m3!1f0',
    'https://www.google.com/maps/search/?api=1&#x26;query=25.0339%2C121.5645',
  ],
  ['https://maps.google.com/maps?q=Taipei&output=embed', 'https://maps.google.com/maps?q=Taipei'],
  [
    'https://www.openstreetmap.org/export/embed.html?bbox=1,2,3,4&marker=25.03,121.56',
    'https://www.openstreetmap.org/?mlat=25.03&#x26;mlon=121.56',
  ],
  ['https://platform.twitter.com/embed/Tweet.html?id=123', 'https://x.com/i/status/123'],
  ['https://www.instagram.com/p/Abc/embed/captioned/', 'https://www.instagram.com/p/Abc/'],
  [
    'https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Felm%2F1',
    'https://www.facebook.com/elm/1',
  ],
  ['https://embed.podcasts.apple.com/tw/podcast/a/id1', 'https://podcasts.apple.com/tw/podcast/a/id1'],
  ['https://player.youku.com/embed/XNDk', 'https://v.youku.com/v_show/id_XNDk.html'],
  ['//music.163.com/outchain/player?type=2&id=33894312&auto=0', 'https://music.163.com/#/song?id=33894312'],
  ['https://drive.google.com/file/d/abc/preview', 'https://drive.google.com/file/d/abc/view'],
  ['https://www.youtube.com/embed/videoseries?list=PLx', 'https://www.youtube.com/playlist?list=PLx'],
  ['https://player.example.org/x?y=1', 'https://player.example.org/x?y=1'],
  ['/demo.html', 'https://blog.example.com/demo.html'],
  [
    'https://www.facebook.com/plugins/post.php?href=javascript:alert(1)',
    'https://www.facebook.com/plugins/post.php?href=javascript:alert(1)',
  ],
])('the page for people of %s is %s', (src, page) => {
  const { html, rules } = articleOf(frame(src));
  expect(html).toContain(`<div class="embed"><p><a href="${page}">Open on `);
  expect(rules).toEqual([]);
});
