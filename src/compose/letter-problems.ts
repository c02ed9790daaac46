import { LETTER_KINDS } from '../domain/letter.ts';
import { LOCALES } from '../domain/locale.ts';
import { toldOnce, type Problem } from '../domain/problem.ts';
import type { Series } from '../domain/series.ts';
import type { LetterTopic } from './letter-view.ts';
import { renderLetter, type LetterSettings } from './render-letter.ts';
import { loadStationery } from './template/stationery.ts';

/**
 * What is wrong with a writer's own templates and words of letters, seen on the letters of a series. Warnings: until they are mended,
 * letters go out on ours. A folder that cannot be read is told by whoever composes issues.
 */
export async function letterProblems(
  series: Series,
  templatesFolder: string,
  settings: LetterSettings,
): Promise<Problem[]> {
  const stationery = await loadStationery(templatesFolder);
  if ('severity' in stationery) return [];
  if ([...stationery.templates.values()].every(({ isOurs }) => isOurs)) return [];

  const problems: Problem[] = [];
  for (const kind of LETTER_KINDS) {
    for (const locale of LOCALES) {
      const rendered = await renderLetter(topicOf(series, { kind, locale }), stationery, settings);
      if (!('subject' in rendered)) problems.push(...rendered);
    }
  }
  return toldOnce(problems.map((problem) => ({ ...problem, severity: 'warning' })));
}

function topicOf(series: Series, about: Pick<LetterTopic, 'kind' | 'locale'>): LetterTopic {
  const { id, title, description, language, from } = series;
  const subject = { series: id, title, revision: 0, about: { description, language, from } };
  return { ...about, plan: subject, others: about.kind === 'finished' ? [subject] : [] };
}
