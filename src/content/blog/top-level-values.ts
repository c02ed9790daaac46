/** Values of a configuration by their lower-cased keys. */
export type TopLevelValues = ReadonlyMap<string, string>;

const TOML = /^[ \t]*([\w-]+)[ \t]*=[ \t]*(?:"([^"\n]*)"|'([^'\n]*)')/gm;
const YAML = /^([\w-]+)[ \t]*:[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s#"'[{&*|>][^#\n]*))/gm;
const SCRIPT = /\b(site|base)\s*:\s*(?:"([^"\n]*)"|'([^'\n]*)'|`([^`$\n]*)`)/g;

/**
 * The texts at the top level of a blog's configuration, as far as they can be read without running anything: TOML, YAML, JSON, and `site` and
 * `base` of a script. What cannot be read is missing.
 */
export function topLevelValues(file: string, text: string): TopLevelValues {
  if (file.endsWith('.json')) return jsonValues(text);
  if (file.endsWith('.toml')) return matched(text.split(/^[ \t]*\[/m, 1)[0] ?? '', TOML);
  if (/\.ya?ml$/.test(file)) return matched(text, YAML);
  return matched(text, SCRIPT);
}

const matched = (text: string, pattern: RegExp): TopLevelValues =>
  new Map(
    [...text.matchAll(pattern)].map(([, key = '', ...values]) => [
      key.toLowerCase(),
      (values.find((value) => value !== undefined) ?? '').trim(),
    ]),
  );

function jsonValues(text: string): TopLevelValues {
  try {
    const read = JSON.parse(text) as unknown;
    const entries = typeof read === 'object' && read !== null ? Object.entries(read) : [];
    const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    return new Map(texts.map(([key, value]) => [key.toLowerCase(), value]));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return new Map();
  }
}
