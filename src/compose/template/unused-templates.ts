import { posix } from 'node:path';
import { closestWord } from '../../domain/closest-word.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Series } from '../../domain/series.ts';
import type { TemplateFile, Templates } from './load-templates.ts';

const RENDERED = /\{%-?\s*(?:render|include|layout)\s+(["'])(.+?)\1/g;

/** A warning for each of the writer's files that takes nothing's place and that nothing asks for: most are misspelt or in another folder. */
export function unusedTemplates(templates: Templates, series: Series): Problem[] {
  const files = [...templates];
  const asked = new Set(files.flatMap(([, { source }]) => namesIn(source)));
  const ours = files.filter(([, file]) => file.isOurs || file.instead !== undefined).map(([name]) => name);

  return files
    .filter(([name, file]) => !file.isOurs && file.instead === undefined && !asked.has(name))
    .flatMap(([name, file]) => {
      const meant = ourNameFor(name, ours);
      const isUsed = mayBeASeries(name, templates) && (meant === undefined || isOf(series, name));
      return isUsed ? [] : [unused(file, meant)];
    });
}

const namesIn = (source: string): string[] =>
  [...source.matchAll(RENDERED)].map(([, , name = '']) => `${name}.liquid`);

/** The file that was meant: one spelt nearly the same, without its `.liquid`, or in another folder. */
const ourNameFor = (name: string, ours: readonly string[]): string | undefined =>
  closestWord(name, ours) ??
  ours.find((ourName) => ourName === `${name}.liquid` || posix.basename(ourName) === posix.basename(name));

// Another series may have chosen it; we see only one.
const mayBeASeries = (name: string, templates: Templates): boolean =>
  name.endsWith('.mjml.liquid')
    ? !name.startsWith('partials/')
    : name.endsWith('.text.liquid') && templates.has(name.replace(/text\.liquid$/, 'mjml.liquid'));

const isOf = ({ template }: Series, name: string): boolean =>
  [`${template}.mjml.liquid`, `${template}.text.liquid`].includes(name);

const unused = ({ shownPath }: TemplateFile, meant: string | undefined): Problem => ({
  severity: 'warning',
  file: shownPath,
  rule: 'unused-template',
  message: 'No template uses this file, and it takes the place of none of ours.',
  fix:
    meant === undefined
      ? 'Remove it, or name it in a `render` tag of a template.'
      : `Did you mean "${meant}"?`,
});
