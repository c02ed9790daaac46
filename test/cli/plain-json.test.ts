import { expect, test } from 'vitest';
import { plainJson } from '../../src/cli/plain-json.ts';

const replacer = (name: string, value: unknown) => (name === 'at' ? 'then' : value);

test('JSON has the same values and nothing that a terminal obeys', () => {
  const value = { name: '\u001b[31m\u009b2J\u202e字 👨‍👩‍👧\u2028\u{e0041}\nline', list: [1, { at: null }] };
  const json = plainJson(value);
  expect(JSON.parse(json)).toEqual(value);
  expect(json).toContain('\\u009b2J\\u202e字 👨‍👩‍👧\\u2028\\udb40\\udc41\\nline');
  expect(json.split('\n')).toHaveLength(9);
});

test('a value may be written in another way', () => {
  expect(plainJson({ at: 0 }, { replacer, isDense: true })).toBe('{"at":"then"}');
  expect(plainJson({ at: 0 }, { replacer })).toBe('{\n  "at": "then"\n}');
});
