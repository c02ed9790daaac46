/** What a key asks for. */
export type Wish =
  | 'end'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'top'
  | 'bottom'
  | 'keys'
  | 'anew'
  | 'suspend'
  | 'interrupt';

const WISHES: Readonly<Record<string, Wish>> = {
  q: 'end',
  Q: 'end',
  '\u0003': 'interrupt',
  '\u001a': 'suspend',
  '\u000c': 'anew',
  '?': 'keys',
  k: 'up',
  '\u001b[A': 'up',
  '\u001bOA': 'up',
  j: 'down',
  '\r': 'down',
  '\u001b[B': 'down',
  '\u001bOB': 'down',
  b: 'page-up',
  '\u001b[5~': 'page-up',
  ' ': 'page-down',
  '\u001b[6~': 'page-down',
  g: 'top',
  '\u001b[H': 'top',
  '\u001bOH': 'top',
  '\u001b[1~': 'top',
  G: 'bottom',
  '\u001b[F': 'bottom',
  '\u001bOF': 'bottom',
  '\u001b[4~': 'bottom',
};

// An escape sequence (CSI or SS3) as a whole, or one character.
const KEY = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|O[ -~])|[^]/gu;

/** The wishes in what a terminal in raw mode sends; one read may bring several keys. Other keys mean nothing. */
export const wishesIn = (typed: string): Wish[] =>
  (typed.match(KEY) ?? []).flatMap((key) => (Object.hasOwn(WISHES, key) ? [WISHES[key] as Wish] : []));
