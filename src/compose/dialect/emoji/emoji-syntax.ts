import { nameToEmoji } from 'gemoji';
import type { Extension } from 'micromark-util-types';
import { CJK_CHARACTER } from '../../article/cjk-character.ts';
import { oneLineToken, type Scanner } from '../one-line-token.ts';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    emoji: 'emoji';
  }
}

const COLON = 0x3a;
/** `:` and the longest of GitHub's names fit well. */
const LONGEST_NAME = 60;

/** For micromark: `:tada:` and runs of them (`:tada::heart:`) by GitHub's names, when nothing is glued to them. */
export const emojiSyntax: Extension = {
  text: {
    [COLON]: {
      name: 'emoji',
      previous: (code) => code === null || code < 0 || !isGlue(String.fromCharCode(code)),
      tokenize: oneLineToken('emoji', shortcodes),
    },
  },
};

/** `:tada::heart:` → the characters. */
export const emojiOf = (shortcodes: string): string =>
  shortcodes.replace(/:([^:]+):/g, (written, name: string) =>
    Object.hasOwn(nameToEmoji, name) ? (nameToEmoji[name] ?? written) : written,
  );

function shortcodes(): Scanner {
  let name: string | undefined;
  return (character) => {
    if (name === undefined) {
      if (character === ':') name = '';
      else return isGlue(character) ? 'fails' : 'ended';
      return 'goes on';
    }
    if (character === ':') {
      if (!Object.hasOwn(nameToEmoji, name)) return 'fails';
      name = undefined;
      return 'goes on';
    }
    name += character;
    return /[a-z0-9_+-]/.test(character) && name.length <= LONGEST_NAME ? 'goes on' : 'fails';
  };
}

// `10:30:45` is a time and `a:b:c` a path. Chinese and Korean are written without spaces around an emoji.
const isGlue = (character: string): boolean =>
  /[:\p{L}\p{N}]/u.test(character) && !CJK_CHARACTER.test(character) && !/\p{scx=Hangul}/u.test(character);
