import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import type { Value } from '../../src/content/front-matter-value.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { parseFrontMatter } from '../../src/content/front-matter.ts';
import { complaints, plain, read } from './read-head.ts';
import { meaning, tomlLines, type Table, type Tree } from './toml-text.ts';
import { propertyRuns } from '../support/property-runs.ts';

const REFUSED = /^(?:__proto__|constructor|prototype)$/i;
const KEY_LIKE = ['a = 1', '[x]', 'title: b', '# c', '"""', "'''", '\\', '\n', '{', '}', '雪', '👩‍🌾'];
const key = fc
  .oneof(
    fc.stringMatching(/^[\w-]{1,6}$/),
    fc.constantFrom('a b', 'a.b', '雪', '"', "'", '\\', '#', '', '=', ']'),
  )
  .filter((name) => !REFUSED.test(name));
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.array(fc.constantFrom(...KEY_LIKE), { maxLength: 6 }).map((parts) => parts.join('\n')),
);
const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Number.isInteger(n)),
  fc.boolean(),
  fc
    .constantFrom('2026-01-28', '2026-01-28 09:40:00', '2026-01-28T09:40:00.5+08:00')
    .map((date) => ({ date })),
);
const { table } = fc.letrec<{ table: Table; tree: Tree }>((tie) => ({
  tree: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('tree'), { maxLength: 3 }), tie('table')),
  table: fc
    .uniqueArray(fc.tuple(key, tie('tree')), { maxLength: 5, selector: ([name]) => name.toLowerCase() })
    .map((fields) => ({ table: fields })),
}));

/** Every field whose own line does not have its key. */
function misplaced(value: Value, lines: readonly string[]): string[] {
  if (value.kind === 'scalar') return [];
  if (value.kind === 'list') return value.items.flatMap((item) => misplaced(item, lines));
  return [...value.fields.values()].flatMap(({ key: name, line, value: inner }) => {
    const written = lines[line - 1] ?? '';
    const isThere = [name, JSON.stringify(name).slice(1, -1)].some((spelling) => written.includes(spelling));
    return [...(isThere ? [] : [`${name}@${line}: ${written}`]), ...misplaced(inner, lines)];
  });
}

test('what is written as TOML in any of its ways is read back, each key with its line', () => {
  const property = fc.property(
    table,
    fc.infiniteStream(fc.nat()),
    fc.constantFrom('\n', '\r\n'),
    (tree, chances, end) => {
      const choose = (n: number): number => chances.next().value % n;
      const lines = ['+++', ...tomlLines(tree, choose), '+++', 'Text.'];
      const hasText = end === '\n' || !lines.some((line) => /'''|"""/.test(line));
      fc.pre(hasText);
      const { data, body, bodyLine } = read(lines.join(end));
      expect(plain(data)).toEqual(meaning(tree));
      expect(misplaced(data, lines)).toEqual([]);
      expect({ body, bodyLine }).toEqual({ body: 'Text.', bodyLine: lines.length });
    },
  );
  fc.assert(property, propertyRuns(1_000));
});

const json = fc.letrec<{ map: Record<string, unknown>; value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('map'),
  ),
  map: fc
    .uniqueArray(fc.tuple(key, tie('value')), { maxLength: 5, selector: ([name]) => name.toLowerCase() })
    .map((fields) => Object.fromEntries(fields)),
})).map;

test('what is written as JSON is read back, each key with its line', () => {
  const property = fc.property(json, fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
    const head = JSON.stringify(value, null, indent);
    const { data, body, bodyLine } = read(`${head}\nText.`);
    expect(plain(data)).toEqual(JSON.parse(head));
    expect(misplaced(data, head.split('\n'))).toEqual([]);
    expect({ body, bodyLine }).toEqual({ body: 'Text.', bodyLine: head.split('\n').length + 1 });
  });
  fc.assert(property, propertyRuns(1_000));
});

/** A text with some of its characters lost, doubled or replaced. */
const damaged = (whole: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      whole,
      fc.array(
        fc.tuple(fc.nat(), fc.constantFrom('', '"', "'", ',', '}', ']', '[', '{', '=', '\\', '\n', '1', '#')),
        { maxLength: 3 },
      ),
    )
    .map(([start, cuts]) =>
      cuts.reduce(
        (now, [at, sign]) =>
          now.slice(0, at % (now.length + 1)) + sign + now.slice((at % (now.length + 1)) + 1),
        start,
      ),
    );

const asJson = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? Number(inner) : inner)),
  );
const holdsDates = (toml: string): boolean => /\d{4}-|\d\d:/.test(toml);

test('of damaged TOML what is still valid is read as smol-toml reads it, and the rest has a fault on one of its lines', () => {
  const written = fc
    .tuple(table, fc.infiniteStream(fc.nat()))
    .map(([tree, chances]) => tomlLines(tree, (n) => chances.next().value % n).join('\n'));
  const property = fc.property(damaged(written), (toml) => {
    fc.pre(!/^\+\+\+/m.test(toml) && !holdsDates(toml));
    const parsed = parseFrontMatter(`+++\n${toml}\n+++\n`, 'a.md');
    const lastLine = toml.split('\n').length + 2;
    return Array.isArray(parsed)
      ? parsed.every(({ line = 0 }) => line >= 1 && line <= lastLine)
      : isDeepStrictEqual(asJson(plain(parsed.data)), asJson(parse(toml, { integersAsBigInt: 'asNeeded' })));
  });
  expect(() => fc.assert(property, propertyRuns(2_000))).not.toThrow();
});

test('of damaged JSON exactly what JSON.parse takes is read, and as it reads it', () => {
  const written = fc
    .tuple(json, fc.constantFrom(undefined, 1))
    .map(([value, indent]) => JSON.stringify(value, null, indent));
  const property = fc.property(damaged(written), (head) => {
    fc.pre(/^\{\s*["}\n]/.test(head));
    const parsed = parseFrontMatter(`${head}\n`, 'a.md');
    const expected = parsedByJavaScript(head);
    if (Array.isArray(parsed)) return expected === undefined || parsed.every(isOurRule);
    // A brace too many ends the head before its time.
    return parsed.body !== '' || isDeepStrictEqual(plain(parsed.data), expected);
  });
  expect(() => fc.assert(property, propertyRuns(2_000))).not.toThrow();
});

const isOurRule = ({ message }: Problem): boolean =>
  /already given|is refused|control character/.test(message);

function parsedByJavaScript(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const PIECES =
  '+++~\n~\r\n~[~]~[[~]]~{~}~"~\'~"""~\'\'\'~\\~=~.~,~#~:~a~title~__proto__~2026-01-01~1e9~0x~true~inf~雪~\u2028~ ~\t~\u0000'.split(
    '~',
  );

test.each(['+++\n', '{', '{\n"a": '])('no text behind %j makes reading throw', (opening) => {
  const body = fc.oneof(
    fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((parts) => parts.join('')),
    fc
      .tuple(fc.constantFrom(...PIECES), fc.constantFrom(...PIECES), fc.integer({ min: 1, max: 6_000 }))
      .map(([a, b, n]) => a + b.repeat(n)),
    fc.string({ unit: 'binary', maxLength: 100 }),
  );
  const property = fc.property(body, fc.constantFrom('\n+++\n', '\n}\n'), (inside, closing) => {
    const parsed = parseFrontMatter(opening + inside + closing, 'a.md');
    expect(Array.isArray(parsed) ? parsed.length : 1).toBeGreaterThan(0);
  });
  fc.assert(property, propertyRuns(1_000));
});

test('nothing read touches a prototype', () => {
  const before = Object.getOwnPropertyNames(Object.prototype);
  for (const head of [
    '+++\n__proto__.x = 1\n+++\n',
    '{"__proto__": {"x": 1}}\n',
    '+++\n[a.constructor.prototype]\nx = 1\n+++\n',
  ])
    expect(complaints(head)[0]).toContain('is refused');
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
});
