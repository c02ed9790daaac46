import { createHash } from 'node:crypto';
import type { Problem } from '../../domain/problem.ts';
import type { Locale } from '../../domain/locale.ts';
import { readWords, type Words } from '../words.ts';
import { templateEngine, type TemplateEngine } from './fill-template.ts';
import { loadTemplates, type Templates } from './load-templates.ts';

/** What issues are written on: templates and words, read once, each template parsed once. */
export interface Stationery {
  readonly templates: Templates;
  readonly engine: TemplateEngine;
  readonly words: (locale: Locale) => Words | Problem;
  /** Over every file, and where it was found. */
  readonly digest: string;
}

/** Reads ours and the writer's, as `loadTemplates` does. */
export async function loadStationery(writersFolder?: string): Promise<Stationery | Problem> {
  const templates = await loadTemplates(writersFolder);
  if ('severity' in templates) return templates;
  const read = new Map<Locale, Words | Problem>();
  return {
    templates,
    engine: templateEngine(templates),
    words: (locale) => {
      const words = read.get(locale) ?? readWords(templates, locale);
      read.set(locale, words);
      return words;
    },
    digest: createHash('sha256')
      .update(JSON.stringify([...templates]))
      .digest('hex'),
  };
}
