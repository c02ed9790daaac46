import { expect, test } from 'vitest';
import { idsOf, index, lines, loaded, post } from './content-folder.ts';

type Files = Readonly<Record<string, string>>;

const filesOf = async (files: Files, ...settings: string[]) => {
  const content = await loaded({ 'garden/_index.md': index(...settings), ...files });
  expect(lines(content)).toEqual([]);
  return {
    kept: content.series[0]?.issues.map(({ file }) => file.replace(/^.*\/garden\//, '')),
    leftOut: content.reports[0]?.leftOut.map(
      ({ file, reason }) => `${file.replace(/^.*\/garden\//, '')}: ${reason}`,
    ),
    ids: idsOf(content),
  };
};
const named = (...names: string[]): Files =>
  Object.fromEntries(names.map((name) => [`garden/${name}.md`, post()]));

test.each<[string, string[], string]>([
  ['zh-Hans', ['f/index.en', 'f/index.zh-cn', 'f/index.zh-tw'], 'f/index.zh-cn'],
  ['zh-Hant', ['f/index.en', 'f/index.zh-cn', 'f/index.zh-tw'], 'f/index.zh-tw'],
  ['zh-TW', ['f.zh-hant-hk', 'f.zh-tw'], 'f.zh-tw'],
  ['zh-Hant', ['f.zh-cn', 'f.zh-hk'], 'f.zh-hk'],
  ['zh-Hant', ['f.en', 'f.zh-cn'], 'f.zh-cn'],
  ['zh-Hant', ['f', 'f.zh-cn'], 'f'],
  ['pt-PT', ['f.pt-br', 'f.pt-pt'], 'f.pt-pt'],
  ['pt-AO', ['f.en', 'f.pt-br'], 'f.pt-br'],
  ['fr', ['f', 'f.fr'], 'f.fr'],
  ['en', ['f', 'f.fr'], 'f'],
  ['en', ['f.de', 'f.fr'], 'f.de'],
])('of the translations of a post, a series in %s takes from %j %s', async (language, names, best) => {
  const { kept, leftOut, ids } = await filesOf(named(...names), `language: ${language}`);
  expect(kept).toEqual([`${best}.md`]);
  expect(leftOut).toEqual(
    names.filter((name) => name !== best).map((name) => `${name}.md: another language`),
  );
  expect(ids).toEqual(['f']);
});

test('posts of one name in several folders are no translations of each other', async () => {
  const posts = { 'a/f.fr.md': post('series: [Ash]'), 'b/f.md': post('series: [Ash]', 'id: g') };
  expect(idsOf(await loaded(posts), 'ash')).toEqual(['f', 'g']);
});

test('a translation may be in a series of its own', async () => {
  const content = await loaded({ 'f.en.md': post('series: Ash'), 'f.fr.md': post('series: Bay') });
  expect(idsOf(content, 'ash')).toEqual(['f']);
  expect(idsOf(content, 'bay')).toEqual(['f']);
});

test.each([
  ['f.fr.md', 'f.fr.md'],
  ['f.fr', 'f.fr.md'],
  ['cob.fr', 'cob/index.fr.md'],
  ['./f.md', 'f.md'],
  ['f', 'f.md'],
  ['cob', 'cob/index.en.md'],
  ['garden/cob', 'cob/index.en.md'],
  ['cob/index.fr.md', 'cob/index.fr.md'],
])('the entry `%s` of `issues:` is %s', async (entry, file) => {
  const files = named('f', 'f.fr', 'cob/index.en', 'cob/index.fr');
  const { kept, leftOut } = await filesOf(files, `issues: ["${entry}"]`);
  expect(kept).toEqual([file]);
  expect(leftOut).toHaveLength(3);
  expect(leftOut?.filter((line) => line.endsWith('another language'))).toHaveLength(1);
});

test.each<[string, string[], string, string]>([
  ['the one in the language of the blog', ['_index.ja', '_index.en', '_index'], 'A garden', 'en'],
  ['the one without a language', ['_index.ja', '_index'], '庭', 'en'],
  ['the only one', ['_index.ja'], 'にわ', 'ja'],
])('a series is described by %s', async (_, names, title, language) => {
  const titles: Files = { '_index.ja': 'にわ', '_index.en': 'A garden', _index: '庭' };
  const heads = names.map((name) => [`garden/${name}.md`, `---\ntitle: ${titles[name]}\n---\n`]);
  const content = await loaded({ ...Object.fromEntries(heads), 'garden/f.md': post() });
  expect(lines(content)).toEqual([]);
  expect(content.series).toMatchObject([{ id: 'garden', title, language, issues: [{ id: 'f' }] }]);
});

test('a bundle with only translations has the addresses of a bundle', async () => {
  const content = await loaded({ 'posts/_index.md': index(), 'posts/f/index.en.md': post() });
  const plain = await loaded({ 'posts/_index.md': index(), 'posts/f/index.md': post() });
  const [aliases, plainAliases] = [content, plain].map(({ series }) => series[0]?.issues[0]?.aliases);
  expect(aliases).toEqual(expect.arrayContaining([...(plainAliases ?? ['missing'])]));
});
