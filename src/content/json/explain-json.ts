import type { Fault } from '../complaints.ts';

/** Where in JSON something else was expected. */
export type JsonPlace =
  'for a key' | 'after a key' | 'for a value' | 'after a field' | 'after an item' | 'after the end';

type Explanation = readonly [pattern: RegExp, message: string, fix: string];

/** By what stands there instead. */
const ANYWHERE: readonly Explanation[] = [
  [/^\/[/*]/, 'JSON has no comments.', 'Delete the comment.'],
  [/^'/, 'JSON has double quotes only.', 'Write `"…"` for `\'…\'`.'],
  [/^"(?:[^"\\]|\\.)*$/, 'A quotation mark is opened and never closed.', 'Close it at the end of the value.'],
  [
    /^".*\\/,
    'A backslash begins an unknown escape, or a tab stands inside quotes.',
    'Write `\\\\` for a backslash and `\\t` for a tab.',
  ],
  [/^"[^"]*\t/, 'A tab stands inside quotes.', 'Write `\\t` for a tab.'],
];
const AT: Readonly<Record<JsonPlace, readonly Explanation[]>> = {
  'for a key': [
    [/^\}/, 'A comma stands before `}`.', 'Delete the comma.'],
    [/^/, 'A key has no double quotes.', 'Write keys like `"title": "Frost"`.'],
  ],
  'after a key': [[/^/, 'There is no colon after a key.', 'Write `"title": "Frost"`.']],
  'for a value': [
    [/^\]/, 'A comma stands before `]`.', 'Delete the comma.'],
    [/^[,}]?$/, 'A key has no value.', 'Write `""` for an empty one.'],
    [
      /^/,
      'A value is neither in double quotes nor a number, `true`, `false`, `null`, `[…]` or `{…}`.',
      'Put text in quotes: `"title": "Frost"`.',
    ],
  ],
  'after a field': [
    [/^/, 'There is no comma between two keys.', 'Put a comma at the end of the line before.'],
  ],
  'after an item': [[/^/, 'There is no comma between two items of a list, or no `]` after them.', 'Add it.']],
  'after the end': [[/^/, 'Something stands behind the closing `}`.', 'Begin the text on the next line.']],
};

/** What is wrong at a place of a JSON front matter, in a writer's words. `found` is the rest of the line. */
export function explainJson(place: JsonPlace, found: string, line: number): Fault {
  const explanations =
    place === 'for a key' || place === 'for a value' ? [...ANYWHERE, ...AT[place]] : AT[place];
  const typed = found.trimEnd();
  const [, message = '', fix = ''] = explanations.find(([pattern]) => pattern.test(typed)) ?? [];
  return { line, message: `The front matter is not valid JSON: ${message}`, fix };
}
