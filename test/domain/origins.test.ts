import { describe, expect, test } from 'vitest';
import { isOnOrigins } from '../../src/domain/origins.ts';

const OURS = ['https://blog.example.com', 'http://localhost:4321'];

describe('a page readers may be sent back to', () => {
  test.each([
    'https://blog.example.com',
    'https://blog.example.com/',
    'https://blog.example.com/thanks/?a=b&c=//evil.example#top',
    'https://blog.example.com/%E8%AC%9D%E8%AC%9D',
    'http://localhost:4321/thanks',
  ])('%s', (url) => {
    expect(isOnOrigins(OURS, url)).toBe(true);
  });
});

describe('nowhere else', () => {
  test.each([
    '',
    '/',
    '//blog.example.com/',
    'http://blog.example.com/',
    'https://blog.example.com:8443/',
    'https://blog.example.com:443/',
    'https://blog.example.com.evil.example/',
    'https://blog.example.com@evil.example/',
    'https://blog.example.com%40evil.example/',
    'https://evil.example/https://blog.example.com/',
    'https://evil.example#https://blog.example.com/',
    'https://evil.example\\@blog.example.com/',
    'https://blog.example.com\\@evil.example/',
    'https:\\\\blog.example.com\\',
    'https:blog.example.com',
    'https:/blog.example.com/',
    'https:///blog.example.com/',
    'HTTPS://BLOG.EXAMPLE.COM/',
    'https://blog.example.com/\\evil.example',
    'https://blog.example.com/\r\nSet-Cookie: a=b',
    'https://blog.example.com/\t',
    'https://blog\t.example.com/',
    ' https://blog.example.com/',
    'https://blog.example.com/ ',
    'https://blog.example.com/謝謝',
    'https://blog。example.com/',
    'https://ｂｌｏｇ.example.com/',
    'https://user@blog.example.com/',
    'https://user:word@blog.example.com/',
    'https://@blog.example.com/',
    'https://blog.example.com./',
    'https://blog.example.com/../',
    'javascript:alert(1)//https://blog.example.com/',
    'data:text/html,https://blog.example.com/',
    'blob:https://blog.example.com/x',
    'view-source:https://blog.example.com/',
    'https://blog.example.com/\0',
    `https://blog.example.com/${'x'.repeat(2_000)}`,
  ])('%j', (url) => {
    expect(isOnOrigins(OURS, url)).toBe(false);
  });

  test('without sites there is no page to go back to', () => {
    expect(isOnOrigins([], 'https://blog.example.com/')).toBe(false);
    expect(isOnOrigins([], 'data:,')).toBe(false);
    expect(isOnOrigins(['null'], 'data:,')).toBe(false);
  });
});
