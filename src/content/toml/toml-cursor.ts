import { TextCursor } from '../text-cursor.ts';
import { tomlKey } from './toml-scalar.ts';

const BLANKS = /[ \t]*/y;
const VOID = /(?:[ \t\r\n]+|#[^\n]*)*/y;
const KEY = /[\w-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y;
const MULTILINE_STRING = /"""(?:[^"\\]|\\[^]|""?(?!"))*"{3,5}|'''(?:[^']|''?(?!'))*'{3,5}/y;
const STRING = /"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y;
const DATE_AND_TIME = /\d{4}-\d\d-\d\d [\d:.]+(?:Z|[+-]\d\d:\d\d)?/iy;
const WORD = /[^\s,\]}#]+/y;
const END = /[\s,\]}#]|$/y;

/** Walks over TOML that is known to be valid. */
export class TomlCursor extends TextCursor {
  /** Passes white space and comments; false at the end. */
  passVoid(): boolean {
    this.take(VOID);
    return !this.isAtEnd;
  }

  /** `a."b c" . d` → three names; none when no key stands here. */
  takePath(): string[] {
    const names: string[] = [];
    do {
      this.take(BLANKS);
      const typed = this.take(KEY);
      if (typed === undefined) return [];
      names.push(tomlKey(typed));
      this.take(BLANKS);
    } while (this.accepts('.'));
    return names;
  }

  passSign(sign: string): void {
    this.accepts(sign);
    this.take(BLANKS);
  }

  /** A string with its quotes, or whatever else is no list or table, as typed; undefined when something else hangs on it. */
  takeScalar(): string | undefined {
    const typed = [MULTILINE_STRING, STRING, DATE_AND_TIME, WORD].reduce<string | undefined>(
      (found, pattern) => found ?? this.take(pattern),
      undefined,
    );
    return this.peek(END) === undefined ? undefined : typed;
  }
}
