import type { Code, Effects, State, TokenizeContext, Tokenizer, TokenType } from 'micromark-util-types';

/** What a character means to a token: it goes on, this is its last one, it ended before, or it was no such token after all. */
export type Verdict = 'goes on' | 'ends' | 'ended' | 'fails';

/** Judges the characters of one token, one after another, a line ending being `\n`; made anew for each attempt. */
export type Scanner = (character: string) => Verdict;

/** A tokenizer of micromark for something that stands on one line. */
export const oneLineToken = (type: TokenType, newScanner: () => Scanner): Tokenizer =>
  function (effects, ok, nok) {
    const scan = newScanner();
    const inside: State = (code) => {
      const verdict = scan(isEndOfLine(code) ? '\n' : characterOf(code));
      if (verdict === 'fails') return nok(code);
      if (verdict === 'ended') {
        effects.exit(type);
        return ok(code);
      }
      effects.consume(code);
      if (verdict === 'goes on') return inside;
      effects.exit(type);
      return ok;
    };
    return (code) => {
      effects.enter(type);
      return inside(code);
    };
  };

/** The same for a token that has a line of its own. */
export const wholeLineToken = (type: TokenType, newScanner: () => Scanner): Tokenizer =>
  function (this: TokenizeContext, effects, ok, nok) {
    const atEnd: State = (code) => (isEndOfLine(code) ? ok(code) : nok(code));
    const after: State = (code) => (isSpace(code) ? skipSpace(effects, atEnd)(code) : atEnd(code));
    return oneLineToken(type, newScanner).call(this, effects, after, nok);
  };

function skipSpace(effects: Effects, next: State): State {
  const skip: State = (code) => {
    if (!isSpace(code)) {
      effects.exit('whitespace');
      return next(code);
    }
    effects.consume(code);
    return skip;
  };
  return (code) => {
    effects.enter('whitespace');
    return skip(code);
  };
}

// micromark's codes: null is the end of the text, -5 to -3 are line endings, -2 is a tab and -1 a column it fills.
export const isEndOfLine = (code: Code): boolean => code === null || code < -2;

const isSpace = (code: Code): boolean => code === -2 || code === -1 || code === 32;

const characterOf = (code: Code): string => (code === null || code < 0 ? ' ' : String.fromCharCode(code));
