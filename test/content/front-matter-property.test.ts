import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFrontMatter } from '../../src/content/front-matter.ts';
import { readIssue } from '../../src/content/read-issue.ts';
import { readSettings } from '../../src/content/read-settings.ts';
import { Complaints } from '../../src/content/complaints.ts';
import { DEFAULTS, NOW } from './content-folder.ts';
import { propertyRuns } from '../support/property-runs.ts';

const LONGEST_MS = 1_000;
const SIGNS =
  '---~--- js~...~\n~\r\n~\r~\t~  ~: ~- ~? ~[~]~{~}~,~|~>~|2-\n~%YAML~&a~*a~!!js~!~<<~#~"~\'~\\~`~@'.split(
    '~',
  );
const ODD = ['\u0000', '\u2028', '\ufeff', '\ud800', '\u202e', '雪', '👩‍🌾'];
const KEYS = 'title date draft slug id series newsletter release images cover from every issues part'.split(
  ' ',
);
const VALUES =
  '__proto__ constructor prototype toString true null 2024-13-45 0x7f 1e999 .nan now ../x.md'.split(' ');
const pieces = fc.constantFrom(...SIGNS, ...ODD, ...KEYS, ...VALUES, '(globalThis.ran = 1)');
const yaml = fc.oneof(
  fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
  fc
    .array(fc.tuple(pieces, pieces, pieces), { maxLength: 12 })
    .map((rows) => rows.map(([a, b, c]) => `${a}: ${b}${c}`).join('\n')),
  fc.tuple(pieces, pieces, fc.integer({ min: 1, max: 9_000 })).map(([a, b, n]) => a + b.repeat(n)),
  fc.json().map((json) => `title: ${json}`),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);
const file = fc
  .tuple(fc.constantFrom('---\n', '---\r\n', '\ufeff---\n', '', '+++\n'), yaml)
  .map(([fence, text]) => `${fence}${text}\n---\nText.`);

declare global {
  var ran: number | undefined;
}
const untouched = Object.getOwnPropertyNames(Object.prototype);

/** What `loadContent` does with one file, and whether the body came out as it went in. */
function readEverything(text: string): boolean {
  const parsed = parseFrontMatter(text, 'a.md');
  if (Array.isArray(parsed)) return parsed.length > 0;

  const name = { base: 'a', bare: 'a' };
  const post = { path: '/a.md', file: 'a.md', place: 'a.md', name, ...parsed, faults: [] };
  readIssue(post, { timezone: 'Asia/Taipei', now: NOW });
  readSettings(parsed.data, DEFAULTS, new Complaints('a.md'));
  return text.endsWith(parsed.body);
}

test('no text makes reading throw, hang, run code or touch a prototype', () => {
  let slowest = 0;
  const property = fc.property(file, (text) => {
    const started = performance.now();
    const isSound = readEverything(text);
    slowest = Math.max(slowest, performance.now() - started);
    return isSound;
  });
  globalThis.ran = 0;
  fc.assert(property, propertyRuns(2_000));
  expect(slowest).toBeLessThan(LONGEST_MS);
  expect(globalThis.ran).toBe(0);
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(untouched);
});

const REPEATED =
  '\n~\r~\u2028~ \n~ ~\t~#\n~-\n~- ~? ~: ~[~{~{a: ~[[],~,~|\n~!~&a ~*a ~"~"\\"~\'~\'\'~\\~a: b\n~a:\n~"a":1,~a ~-~雪~x: "y\n~{a: [~? - ~---a~%';

test.each(REPEATED.split('~'))('64 kB of %j are read or refused within a second', (piece) => {
  const body = piece.repeat(Math.floor(65_000 / Buffer.byteLength(piece)));
  for (const text of [
    `---\n${body}\n---\n`,
    `---\na: ${body}\n---\n`,
    `---\na: [${body}\nb: 1\n---\n`,
    `---\na: {${body}\n---\n`,
  ]) {
    const started = performance.now();
    expect(readEverything(text)).toBe(true);
    expect(performance.now() - started).toBeLessThan(LONGEST_MS);
  }
});
