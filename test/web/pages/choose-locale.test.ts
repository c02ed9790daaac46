import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { askedQuery, chooseLocale } from '../../../src/web/pages/choose-locale.ts';

const chosen = async (query: string, shown: string | undefined, accept: string | undefined) => {
  const web = new Hono().get('/', (context) => context.text(chooseLocale(context, shown)));
  const headers = accept === undefined ? {} : { 'Accept-Language': accept };
  return (await web.request(`/${query}`, { headers })).text();
};

describe('the language of a page', () => {
  test.each<[string, string, string | undefined, string | undefined, string]>([
    ['asked for', '?lang=zh-Hans', 'en', 'en', 'zh-Hans'],
    ['asked for in other letters', '?lang=ZH-hant', 'en', 'en', 'zh-Hant'],
    ['asked for, and not ours', '?lang=ja', 'zh-TW', 'en', 'zh-Hant'],
    ['asked for, and no language', '?lang=%3Cscript%3E', undefined, undefined, 'en'],
    ['asked for, and nothing', '?lang=', 'zh-CN', undefined, 'zh-Hans'],
    ['of the series', '', 'zh-CN', 'en', 'zh-Hans'],
    ['of the series, which is English', '', 'en-GB', 'zh-TW', 'en'],
    ['of the browser, when we lack that of the series', '', 'ja', 'zh-TW,zh;q=0.9', 'zh-Hant'],
    ['of the browser', '', undefined, 'zh-CN,zh;q=0.9,en;q=0.8', 'zh-Hans'],
    ['wanted most, not first', '', undefined, 'en;q=0.5, zh-TW;q=0.9', 'zh-Hant'],
    ['not refused', '', undefined, 'zh-TW;q=0, en;q=0.1', 'en'],
    ['the first we have', '', undefined, 'ja, de;q=0.9, zh-HK;q=0.8, en;q=0.7', 'zh-Hant'],
    ['none we have', '', undefined, 'ja, de;q=0.9', 'en'],
    ['any', '', undefined, '*', 'en'],
    ['not said', '', undefined, undefined, 'en'],
    ['nonsense', '', undefined, ';;;q=,,,zh', 'zh-Hant'],
    ['a word that only begins like ours', '', undefined, 'zhx, enm, en;q=0.1', 'en'],
  ])('%s', async (_, query, shown, accept, locale) => {
    expect(await chosen(query, shown, accept)).toBe(locale);
  });

  test('that was asked for is carried on, and nothing else', async () => {
    const web = new Hono().get('/', (context) => context.text(askedQuery(context)));
    const carried = async (query: string) => (await web.request(`/${query}`)).text();
    expect(await carried('?lang=ZH-hant&x=1')).toBe('?lang=zh-Hant');
    expect(await carried('?lang=xx')).toBe('');
    expect(await carried('')).toBe('');
  });
});
