import { beforeAll, describe, expect, test } from 'vitest';
import { loadWebWords, type WebWords } from '../../../src/compose/web-words.ts';
import type { Locale } from '../../../src/domain/locale.ts';
import { sourceWords } from '../../../src/web/reader/source-words.ts';

let words: ReadonlyMap<Locale, WebWords>;
beforeAll(async () => {
  const loaded = await loadWebWords();
  if ('severity' in loaded) throw new Error(loaded.message);
  words = loaded;
});

describe('where a sign-up came from, as its reader is told', () => {
  test.each([
    ['form', 'on these pages', '在本站填寫'],
    ['form, confirmed', 'on these pages, confirmed by mail', '在本站填寫，並由信件確認'],
    [
      'embed https://blog.example.com, confirmed',
      'on https://blog.example.com, confirmed by mail',
      '在 https://blog.example.com 填寫，並由信件確認',
    ],
    ['api https://blog.example.com', 'on https://blog.example.com', '在 https://blog.example.com 填寫'],
    ['api', 'on these pages', '在本站填寫'],
    ['import my readers.csv', 'from a list, my readers.csv', '由名單匯入：my readers.csv'],
    ['cli', 'entered by hand', '由發行者登錄'],
    ['at the fair, 2024', 'at the fair, 2024', 'at the fair, 2024'],
  ])('%s', (source, english, chinese) => {
    expect(sourceWords(source, words.get('en') as WebWords)).toBe(english);
    expect(sourceWords(source, words.get('zh-Hant') as WebWords)).toBe(chinese);
  });
});
