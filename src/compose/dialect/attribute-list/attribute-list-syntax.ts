import type { Extension } from 'micromark-util-types';
import { oneLineToken, wholeLineToken, type Scanner } from '../one-line-token.ts';
import { isExtensionMark } from './extension-mark.ts';
import { readAttributeList } from './read-attribute-list.ts';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    attributeList: 'attributeList';
    extensionMark: 'extensionMark';
    abbreviationDefinition: 'abbreviationDefinition';
  }
}

const BRACE = 0x7b;
const ASTERISK = 0x2a;
/** Longer than any that is written by hand, and short enough to look through again and again. */
const LONGEST = 1_000;

const attributeList = () => braced((source) => readAttributeList(source) !== undefined);
const headingId = () => braced((source) => /^\{#[^\s{}]+\}$/.test(source));
const extensionMark = () => braced(isExtensionMark);

/** For micromark: Kramdown's and Goldmark's attribute lists, Kramdown's `{::…}` marks, and abbreviations (`*[HTML]: …`). */
export const attributeListSyntax: Extension = {
  flow: {
    [BRACE]: [
      { name: 'attributeList', tokenize: wholeLineToken('attributeList', attributeList) },
      { name: 'extensionMark', tokenize: wholeLineToken('extensionMark', extensionMark) },
    ],
    [ASTERISK]: {
      name: 'abbreviationDefinition',
      tokenize: oneLineToken('abbreviationDefinition', abbreviation),
    },
  },
  text: {
    [BRACE]: [
      { name: 'attributeList', tokenize: oneLineToken('attributeList', attributeList) },
      { name: 'extensionMark', tokenize: oneLineToken('extensionMark', extensionMark) },
    ],
  },
};

/** For MDX, where every other brace begins an expression: `## Heading {#id}`, as Docusaurus has it. */
export const headingIdSyntax: Extension = {
  text: { [BRACE]: { name: 'attributeList', tokenize: oneLineToken('attributeList', headingId) } },
};

/** `*[HTML]:` */
const ABBREVIATION = /^\*\[[^[\]]+\]:$/;

function braced(isWanted: (source: string) => boolean): Scanner {
  let source = '';
  let quote = '';
  return (character) => {
    const before = source.at(-1);
    source += character;
    if (character === '\n' || source.length > LONGEST) return 'fails';
    if (quote !== '') {
      if (character === quote) quote = '';
      return 'goes on';
    }
    if (before === '=' && (character === '"' || character === "'")) quote = character;
    if (character === '{' && source.length > 1) return 'fails';
    if (character !== '}') return 'goes on';
    return isWanted(source) ? 'ends' : 'fails';
  };
}

function abbreviation(): Scanner {
  let source = '';
  let isDefinition = false;
  return (character) => {
    if (character === '\n') return isDefinition ? 'ended' : 'fails';
    source += character;
    if (isDefinition) return 'goes on';
    if (source === '*' || source === '*[') return 'goes on';
    if (!source.startsWith('*[') || source.length > LONGEST) return 'fails';
    if (character === ':') isDefinition = ABBREVIATION.test(source);
    return 'goes on';
  };
}
