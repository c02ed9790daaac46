import { HIDDEN } from './plain-text.ts';

interface Writing {
  /** How values are written, as `JSON.stringify` has it. */
  readonly replacer?: (name: string, value: unknown) => unknown;
  /** On one line. */
  readonly isDense?: boolean;
}

/**
 * JSON for scripts that may be looked at on a terminal as well: the same values, but what would steer the terminal or turn the line round is
 * escaped, which JSON itself does for the first 32 characters only.
 */
export const plainJson = (value: unknown, { replacer, isDense = false }: Writing = {}): string =>
  JSON.stringify(value, replacer, isDense ? 0 : 2)
    .split('\n')
    .map((line) => line.replace(HIDDEN, escaped))
    .join('\n');

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, index) => {
    const unit = character.charCodeAt(index);
    return `\\u${unit.toString(16).padStart(4, '0')}`;
  }).join('');
