import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { localeOf, scriptOf } from '../../src/domain/locale.ts';

test.each([
  ['en', 'Latn'],
  ['de-AT', 'Latn'],
  ['zh', 'Hant'],
  ['zh-TW', 'Hant'],
  ['zh-HK', 'Hant'],
  ['zh-Hant-MO', 'Hant'],
  ['zh-CN', 'Hans'],
  ['zh-Hans', 'Hans'],
  ['ja', 'Jpan'],
  ['ko-KR', 'Kore'],
  ['ar', 'Arab'],
  ['fa-IR', 'Arab'],
  ['he', 'Hebr'],
  ['ru', 'Cyrl'],
  ['no tag', 'Latn'],
])('%s is written in %s', (language, script) => {
  expect(scriptOf(language)).toBe(script);
});

test.each([
  ['en', 'en'],
  ['ja', 'en'],
  ['zhx', 'en'],
  ['zh', 'zh-Hant'],
  ['zh-TW', 'zh-Hant'],
  ['zh-HK', 'zh-Hant'],
  ['zh-Hant-CN', 'zh-Hant'],
  ['zh-Hans', 'zh-Hans'],
  ['zh-hans-tw', 'zh-Hans'],
  ['zh-CN', 'zh-Hans'],
  ['zh-cn', 'zh-Hans'],
  ['zh-SG', 'zh-Hans'],
  ['zh-no tag', 'zh-Hant'],
])('%s has the words of %s', (language, locale) => {
  expect(localeOf(language)).toBe(locale);
});

const phrasesOf = (locale: string): Record<string, string> =>
  JSON.parse(readFileSync(`templates/locales/${locale}.json`, 'utf8')).issue as Record<string, string>;

const shape = (locale: string) =>
  Object.entries(phrasesOf(locale)).map(([key, phrase]) => [key, phrase.match(/\{\w+\}/g)?.toSorted()]);

test('every language has a phrase wherever English has one, with the same values', () => {
  expect(shape('zh-Hant')).toEqual(shape('en'));
  expect(shape('zh-Hans')).toEqual(shape('en'));
});
