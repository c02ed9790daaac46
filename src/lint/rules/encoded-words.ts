import { encodedWordsIn, type EncodedWord } from '../message/encoded-word.ts';
import type { Message } from '../message/message.ts';
import type { RawField } from '../message/raw-fields.ts';
import { shorten } from '../shorten.ts';
import type { Finding, Rule } from '../rule.ts';

const LONGEST_WORD = 75;
const LONGEST_LINE = 76;
/** Free text, and phrases before an address or an id (RFC 2047 §5). */
const MAY_HAVE = new Set('subject comments from to cc sender reply-to list-id keywords'.split(' '));
const REPORT = 'Please report this: Partwork encodes headers itself.';
const characters = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Encoded words stand where they may, are short enough, and each is whole characters by itself (RFC 2047). */
export const encodedWords: Rule = {
  name: 'encoded-words',
  severity: 'error',
  check: ({ fields }: Message) =>
    fields
      .filter(({ value }) => value.includes('=?'))
      .flatMap((field) => troublesOf(field).map((trouble) => finding(field, trouble))),
};

interface Trouble {
  readonly what: string;
  readonly severity?: 'warning';
}

function troublesOf(field: RawField): Trouble[] {
  if (!MAY_HAVE.has(field.key)) return [{ what: 'has an encoded word, which must not stand there' }];
  const unquoted = field.value.replace(/"(?:[^"\\]|\\.)*"/g, (text) => (text.includes('=?') ? '' : text));
  if (unquoted.length < field.value.length) {
    return [{ what: 'has an encoded word in quotes, which stays as it is' }];
  }
  const words = encodedWordsIn(field.value);
  if (words.length === 0) return [{ what: 'has "=?" that begins no encoded word' }];
  return [...words.flatMap(troublesOfWord), ...longLines(field), ...splitCharacters(words)];
}

function troublesOfWord(word: EncodedWord): Trouble[] {
  const { source, decoded, isApart } = word;
  return [
    ...(source.length > LONGEST_WORD
      ? [{ what: `has an encoded word of ${source.length} characters; ${LONGEST_WORD} are allowed` }]
      : []),
    ...(decoded === undefined
      ? [{ what: `has "${shorten(source, 80)}", which cannot be decoded by itself` }]
      : []),
    ...(isApart ? [] : [{ what: `has "${shorten(source, 80)}" without a space around it` }]),
  ];
}

const longLines = ({ lines }: RawField): Trouble[] =>
  lines
    .filter((line) => line.includes('=?') && line.length > LONGEST_LINE)
    .filter((line) => encodedWordsIn(line).every(({ source }) => source.length <= LONGEST_WORD))
    .map(({ length }) => ({
      what: `has encoded words on a line of ${length} characters; ${LONGEST_LINE} are allowed`,
    }));

/** No byte is lost, but a mail program that decodes word by word shows the halves of an emoji. */
function splitCharacters(words: readonly EncodedWord[]): Trouble[] {
  const texts = words.map(({ decoded = '' }) => decoded);
  const edges = new Set([...characters.segment(texts.join(''))].map(({ index }) => index));
  let end = 0;
  for (const text of texts.slice(0, -1)) {
    end += text.length;
    if (!edges.has(end))
      return [{ what: 'splits a character made of several between two encoded words', severity: 'warning' }];
  }
  return [];
}

const finding = ({ name, key }: RawField, { what, severity }: Trouble): Finding => ({
  message: `The field ${name} ${what}.`,
  fix: REPORT,
  at: key === 'subject' ? 'subject' : 'series',
  ...(severity !== undefined && { severity }),
});
