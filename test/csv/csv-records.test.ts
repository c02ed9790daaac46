import { describe, expect, test } from 'vitest';
import { csvRecords } from '../../src/csv/csv-records.ts';

/** Records as `line: field|field`, a record whose quotes make no sense as `line: ?`. */
async function recordsOf(...pieces: string[]): Promise<string[]> {
  const found: string[] = [];
  const texts = (async function* () {
    yield* pieces;
  })();
  for await (const batch of csvRecords(texts)) {
    for (const { line, fields } of batch) found.push(`${line}: ${fields?.join('|') ?? '?'}`);
  }
  return found;
}

describe('records and the physical lines they begin on', () => {
  test.each<[string, string, string[]]>([
    ['LF', 'a,b\nc,d\n', ['1: a|b', '2: c|d']],
    ['CRLF', 'a,b\r\nc,d', ['1: a|b', '2: c|d']],
    ['CR', 'a,b\rc,d\r', ['1: a|b', '2: c|d']],
    ['empty lines', '\n\na,b\n\n , \nc,d\n\n', ['3: a|b', '6: c|d']],
    ['nothing', '', []],
    ['semicolons', 'a;"b,b";c\nd,1;e;f', ['1: a|b,b|c', '2: d,1|e|f']],
    ['tabs', 'a\tb b\n\td', ['1: a|b b', '2: |d']],
    ['bars', 'a|b|c', ['1: a|b|c']],
    ['a separator told to Excel', 'sep=;\na;b,c,d', ['2: a|b,c,d']],
    ['a header in quotes', '"a;b;c",d', ['1: a;b;c|d']],
    ['a told separator too late', 'a,b\nsep=;', ['1: a|b', '2: sep=;']],
    ['space around separators', ' a , "b" ,c', ['1: a|b|c']],
    ['quotes', '"a,1","say ""hi""",c', ['1: a,1|say "hi"|c']],
    ['lines in quotes', 'a,b\nc,"d\n\nd"\ne,f', ['1: a|b', '2: c|d\n\nd', '5: e|f']],
    ['inches', 'a,5" b\nc,6" d\ne,f', ['1: a|5" b', '2: c|6" d', '3: e|f']],
    ['a short and a long record', 'a,b\nc\nd,e,f', ['1: a|b', '2: c', '3: d|e|f']],
  ])('%s', async (_name, text, records) => {
    expect(await recordsOf(text)).toEqual(records);
    expect(await recordsOf(...text.split(''))).toEqual(records);
  });

  test.each<[string, string, string[]]>([
    ['that never closes', 'a,b\nc,"d\ne,f\ng,h', ['1: a|b', '2: ?', '3: e|f', '4: g|h']],
    ['before quoted lines', 'a,"b\n"c","d"\ne,"f"\ng,h', ['1: ?', '2: c|d', '3: e|f', '4: g|h']],
    ['twice', 'a,"b\nc,d\ne,"f\ng,h', ['1: ?', '2: c|d', '3: ?', '4: g|h']],
    ['after a stray one', 'a,5" b,"c"\n\nd,"e', ['1: a|5" b|c', '3: ?']],
    ['between stray ones', 'a,b\nx" c,"d\ne",f" g\nh,i', ['1: a|b', '2: ?', '3: e"|f" g', '4: h|i']],
    ['beside a stray one', 'x" a,"b\nc,d', ['1: ?', '2: c|d']],
  ])('a quote %s costs its own line only', async (_name, text, records) => {
    expect(await recordsOf(text)).toEqual(records);
    expect(await recordsOf(...text.split(''))).toEqual(records);
  });

  test('a quote open for more than a hundred lines is a stray one', async () => {
    const records = await recordsOf(`a,"b\n${'c,d\n'.repeat(150)}e,f"`);
    expect(records).toHaveLength(152);
    expect(records.slice(0, 2)).toEqual(['1: ?', '2: c|d']);
    expect(records.at(-1)).toBe('152: e|f"');
  });

  test('a file may come in one piece, however long', async () => {
    expect(await recordsOf('a,b\n'.repeat(200_000))).toHaveLength(200_000);
  });

  test('a file without line ends is not kept in memory', async () => {
    const records = await recordsOf(...Array.from({ length: 50 }, () => 'x'.repeat(100_000)));
    expect(records.length).toBeGreaterThan(3);
  });
});
