import { expect, test } from 'vitest';
import { scriptOf } from '../../src/compose/locale.ts';

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
