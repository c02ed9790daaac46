import { closestWord } from '../domain/closest-word.ts';
import { OPTIONAL_LETTERS, type OptionalLetter } from '../domain/letter.ts';
import type { Complaints } from './complaints.ts';
import type { Field, Value } from './front-matter-value.ts';

const DEFAULT_LETTERS: readonly OptionalLetter[] = ['goodbye'];
const KNOWN = 'Known are `welcome`, `goodbye` and `finished`; `letters: []` is none of them.';

/** `letters:`, those a series sends besides the ones that answer a request; a goodbye when nothing is said. */
export function readLetters(field: Field | undefined, complaints: Complaints): readonly OptionalLetter[] {
  if (field === undefined) return DEFAULT_LETTERS;
  if (field.value.kind === 'map') {
    complaints.error(field.line, '`letters` must be a list, but it is a map.', KNOWN);
    return DEFAULT_LETTERS;
  }
  const items = field.value.kind === 'list' ? field.value.items : [field.value];
  const wanted = new Set(items.map((item) => letterIn(item, complaints)));
  // In our own order: written in another one, they are no change of the plan.
  return OPTIONAL_LETTERS.filter((letter) => wanted.has(letter));
}

function letterIn(item: Value, complaints: Complaints): OptionalLetter | undefined {
  if (item.kind !== 'scalar') {
    complaints.error(item.line, 'An entry of `letters` must be the name of a letter.', KNOWN);
    return undefined;
  }
  const typed = item.text.trim();
  const letter = OPTIONAL_LETTERS.find((name) => name === typed.toLowerCase());
  if (letter !== undefined) return letter;
  const meant = closestWord(typed, OPTIONAL_LETTERS);
  const fix = meant === undefined ? KNOWN : `Did you mean \`${meant}\`?`;
  complaints.error(item.line, `\`letters\` has \`${typed}\`, which is no letter a series chooses.`, fix);
  return undefined;
}
