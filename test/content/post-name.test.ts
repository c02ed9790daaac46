import { expect, test } from 'vitest';
import { isMarkdown, postNameOf } from '../../src/content/post-name.ts';

test.each([
  ['/garden/frost.md', { base: 'frost', bare: 'frost' }],
  ['/garden/03-frost.md', { base: '03-frost', bare: 'frost', number: 3 }],
  ['/garden/3. frost.mdx', { base: '3. frost', bare: 'frost', number: 3 }],
  ['/garden/0120_frost.md', { base: '0120_frost', bare: 'frost', number: 120 }],
  ['/garden/07.md', { base: '07', bare: '07', number: 7 }],
  ['/garden/3frost.md', { base: '3frost', bare: '3frost' }],
  ['/_posts/2026-01-28-frost.markdown', { base: '2026-01-28-frost', bare: 'frost', date: '2026-01-28' }],
  ['/posts/2026-1-8-frost.md', { base: '2026-1-8-frost', bare: 'frost', date: '2026-01-08' }],
  ['/posts/20260128-frost.md', { base: '20260128-frost', bare: 'frost', date: '2026-01-28' }],
  ['/posts/2026-01-28.md', { base: '2026-01-28', bare: '2026-01-28', date: '2026-01-28' }],
  ['/posts/20261399-frost.md', { base: '20261399-frost', bare: '20261399-frost' }],
  ['/posts/2026-01-28-frost/index.md', { base: '2026-01-28-frost', bare: 'frost', date: '2026-01-28' }],
  ['/posts/02-雪/index.MD', { base: '02-雪', bare: '雪', number: 2 }],
  ['/posts/2022-year-in-review.md', { base: '2022-year-in-review', bare: '2022-year-in-review', year: 2022 }],
  ['/posts/1999.md', { base: '1999', bare: '1999', year: 1999 }],
  ['/posts/1899-frost.md', { base: '1899-frost', bare: 'frost', number: 1899 }],
  ['/posts/thaw.fr.md', { base: 'thaw', bare: 'thaw', language: 'fr' }],
  ['/posts/03-frost.zh_TW.md', { base: '03-frost', bare: 'frost', number: 3, language: 'zh-TW' }],
  [
    '/posts/2026-01-28-frost.pt-br.md',
    { base: '2026-01-28-frost', bare: 'frost', date: '2026-01-28', language: 'pt-BR' },
  ],
  ['/posts/frost/index.zh-cn.md', { base: 'frost', bare: 'frost', language: 'zh-CN' }],
  ['/posts/frost/index.zh-hant-tw.md', { base: 'frost', bare: 'frost', language: 'zh-Hant-TW' }],
  ['/garden/_index.ja.md', { base: '_index', bare: '_index', language: 'ja' }],
  ['/posts/notes.v2.md', { base: 'notes.v2', bare: 'notes.v2' }],
  ['/posts/a.min.md', { base: 'a.min', bare: 'a.min' }],
  ['/posts/node.js.md', { base: 'node.js', bare: 'node.js' }],
  ['/posts/frost.en-qq.md', { base: 'frost.en-qq', bare: 'frost.en-qq' }],
  ['/posts/.fr.md', { base: '.fr', bare: '.fr' }],
])('%s is named', (path, name) => {
  expect(postNameOf(path)).toEqual(name);
});

test('Markdown is known by its extension, in any case', () => {
  expect(['a.md', 'a.MD', 'a.markdown', 'a.mdx'].every(isMarkdown)).toBe(true);
  expect(['a.txt', 'a.md.bak', 'md', '.md', 'a.html'].some(isMarkdown)).toBe(false);
});
