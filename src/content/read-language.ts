import type { Complaints } from './complaints.ts';
import type { Field } from './front-matter-value.ts';
import { readLine } from './read-line.ts';

/** A language tag (BCP 47) in its canonical spelling: `zh-tw` → `zh-TW`. */
export function readLanguage(field: Field | undefined, complaints: Complaints): string | undefined {
  const typed = readLine(field, complaints);
  if (typed === undefined) return undefined;
  try {
    return Intl.getCanonicalLocales(typed.replaceAll('_', '-'))[0];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = `\`${field?.key}: ${typed}\` is not a language tag.`;
    complaints.error(field?.line, message, 'Write it like `en`, `zh-Hant` or `zh-TW`.');
    return undefined;
  }
}
