import type { RenderedLetter } from '../domain/letter.ts';
import type { Problem } from '../domain/problem.ts';
import type { LetterTopic } from './letter-view.ts';
import { renderLetter, type LetterSettings } from './render-letter.ts';
import { loadStationery, type Stationery } from './template/stationery.ts';

export interface LetterComposerOptions extends LetterSettings {
  /** The writer's own templates and words. */
  readonly templatesFolder?: string;
  /** Hears what is wrong with them; a letter is written on ours then. */
  readonly onProblem: (problem: Problem) => void;
}

export interface LetterComposer {
  /** Rendered once for each kind of letter, series and language; kept in memory. */
  compose(topic: LetterTopic): Promise<RenderedLetter>;
}

/** Some 20 kB each. */
const MOST_KEPT = 100;

/**
 * Makes letters of the templates `letter`. Somebody waits for a letter, so a writer's mistake in a template costs its looks, not the
 * letter. Reads templates once: the workers are started anew to use changed ones.
 */
export function createLetterComposer(options: LetterComposerOptions): LetterComposer {
  const { templatesFolder, onProblem } = options;
  const kept = new Map<string, Promise<RenderedLetter>>();
  let ours: ReturnType<typeof loadStationery> | undefined;
  let writers: ReturnType<typeof loadStationery> | undefined;

  const render = async (topic: LetterTopic): Promise<RenderedLetter> => {
    if (templatesFolder !== undefined) {
      const rendered = await renderOn(await (writers ??= loadStationery(templatesFolder)), topic, options);
      if (isRendered(rendered)) return rendered;
      for (const problem of rendered) onProblem(problem);
    }
    const rendered = await renderOn(await (ours ??= loadStationery()), topic, options);
    if (isRendered(rendered)) return rendered;
    throw new Error(`The letter templates of Partwork cannot be used: ${JSON.stringify(rendered)}`);
  };

  return {
    compose(topic) {
      const key = keyOf(topic);
      const known = kept.get(key);
      if (known !== undefined) return known;
      const [oldest] = kept.keys();
      if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      const made = render(topic);
      made.catch(() => kept.delete(key));
      kept.set(key, made);
      return made;
    },
  };
}

const keyOf = ({ kind, locale, plan, others }: LetterTopic): string =>
  JSON.stringify([kind, locale, ...[plan, ...others].map(({ series, revision }) => [series, revision])]);

const renderOn = async (
  stationery: Stationery | Problem,
  topic: LetterTopic,
  settings: LetterSettings,
): Promise<RenderedLetter | readonly Problem[]> =>
  'severity' in stationery ? [stationery] : renderLetter(topic, stationery, settings);

const isRendered = (result: RenderedLetter | readonly Problem[]): result is RenderedLetter =>
  'subject' in result;
