export interface SplitLanguage {
  readonly stem: string;
  /** BCP 47, in its canonical spelling. */
  readonly language?: string;
}

const SUFFIX = /^(.+)\.([a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|\d{3}))?)$/iu;
const REGIONS = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** The language of a translation off its file's name, as Hugo has it: `frost.zh-tw` → `frost` in `zh-TW`; `a.min` stays. */
export function splitLanguage(name: string): SplitLanguage {
  const [, stem, suffix] = SUFFIX.exec(name) ?? [];
  if (stem === undefined || suffix === undefined) return { stem: name };
  const tag = suffix.replaceAll('_', '-');
  return isLanguage(tag) ? { stem, language: new Intl.Locale(tag).toString() } : { stem: name };
}

/** Whether sites are written in it: `min` and `ts` are languages to Intl as well, but nothing else is known of them. */
function isLanguage(tag: string): boolean {
  try {
    const { region } = new Intl.Locale(tag);
    if (Intl.DateTimeFormat.supportedLocalesOf(tag).length === 0) return false;
    return region === undefined || REGIONS.of(region) !== undefined;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
