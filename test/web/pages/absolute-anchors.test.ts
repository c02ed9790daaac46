import { expect, test } from 'vitest';
import { absoluteAnchors } from '../../../src/web/pages/absolute-anchors.ts';
import { xmlText } from '../../../src/web/pages/xml-text.ts';

const PAGE = 'https://letters.example.com/s/garden/soil';

test.each([
  ['<a href="#soil">x</a>', `<a href="${PAGE}#soil">x</a>`],
  ['<a class="b" title="a > b" href="#soil">x</a>', `<a class="b" title="a > b" href="${PAGE}#soil">x</a>`],
  ['<a href="https://example.org/#soil">x</a>', '<a href="https://example.org/#soil">x</a>'],
  ['<pre>&#x3C;a href="#soil"></pre>', '<pre>&#x3C;a href="#soil"></pre>'],
  ['<abbr title="<a href=&#x22;#x&#x22;>">y</abbr>', '<abbr title="<a href=&#x22;#x&#x22;>">y</abbr>'],
])('links inside an article lead to its page: %s', (html, absolute) => {
  expect(absoluteAnchors(html, PAGE)).toBe(absolute);
});

test.each([
  ['tab\tline\nreturn\r', 'tab\tline\nreturn\r'],
  ['bell\u0007 null\u0000 form\u000c', 'bell null form'],
  ['half \ud83c of a pair', 'half  of a pair'],
  ['whole 🌱 pair', 'whole 🌱 pair'],
  ['no character \uffff\ufffe', 'no character '],
])('XML has no characters that it cannot have: %j', (text, clean) => {
  expect(xmlText(text)).toBe(clean);
});
