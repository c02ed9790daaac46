import { Liquid, LiquidError, type LiquidOptions } from 'liquidjs';
import type { Problem } from '../../domain/problem.ts';
import { TEXT_WIDTH } from '../text/render-text.ts';
import { textWidth } from '../text/text-width.ts';
import { wrapText } from '../text/wrap-text.ts';
import type { Templates } from './load-templates.ts';

const LIMITS = { parseLimit: 1_000_000, renderLimit: 5_000, memoryLimit: 50_000_000 };

/** Liquid over templates that may only see each other and the view they are given; it has no way to files, code or prototypes. */
export interface TemplateEngine {
  /** Values are escaped for HTML. `name` is the template's path without `.liquid`. */
  readonly fillMarkup: (name: string, view: object) => Promise<string | Problem>;
  /** Values stand as they are. */
  readonly fillText: (name: string, view: object) => Promise<string | Problem>;
}

/** Parses each template once, when it is first used. */
export function templateEngine(templates: Templates): TemplateEngine {
  const markup = liquidOver(templates, { outputEscape: 'escape' });
  const plain = liquidOver(templates, {});
  return {
    fillMarkup: (name, view) => fill(markup, templates, name, view),
    fillText: (name, view) => fill(plain, templates, name, view),
  };
}

function liquidOver(templates: Templates, options: LiquidOptions): Liquid {
  const liquid = new Liquid({
    templates: Object.fromEntries([...templates].map(([name, file]) => [name, file.source])),
    extname: '.liquid',
    cache: true,
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    ...LIMITS,
    ...options,
  });
  liquid.registerFilter('fill', fillWords);
  liquid.registerFilter('wrap', (text: unknown, first = '', rest = '') =>
    wrapText(String(text), { width: TEXT_WIDTH, first: String(first), rest: String(rest) }).join('\n'),
  );
  liquid.registerFilter('underline', (text: unknown, mark = '=') => underlined(String(text), String(mark)));
  return liquid;
}

async function fill(
  liquid: Liquid,
  templates: Templates,
  name: string,
  view: object,
): Promise<string | Problem> {
  try {
    return String(await liquid.renderFile(name, {}, { globals: view }));
  } catch (error) {
    if (!LiquidError.is(error)) throw error;
    return problemOf(error, templates, name);
  }
}

/** `{{ words.part | fill: n: 2, m: 5 }}`: puts values where the words have `{n}` and `{m}`. */
function fillWords(words: unknown, ...values: unknown[]): string {
  const named = new Map(values.filter(Array.isArray).map(([name, value]) => [String(name), String(value)]));
  return String(words).replace(/\{(\w+)\}/g, (place, name: string) => named.get(name) ?? place);
}

function underlined(text: string, mark: string): string {
  const lines = wrapText(text, { width: TEXT_WIDTH });
  return [...lines, mark.repeat(Math.max(...lines.map(textWidth)))].join('\n');
}

function problemOf(error: LiquidError, templates: Templates, name: string): Problem {
  // Errors about variables do not name the file, but carry its whole text.
  const origin = [...templates].find(([, { source }]) => source === error.token.input)?.[0];
  const file = error.token.file ?? origin ?? `${name}.liquid`;
  const [line] = error.token.getPosition();
  return {
    severity: 'error',
    file: templates.get(file)?.shownPath ?? file,
    ...(line === undefined ? {} : { line }),
    message: `The template cannot be filled: ${error.message.replace(/, (?:file:.*, )?line:\d+, col:\d+$/, '')}.`,
    fix: 'Mend this line, or remove the file to use the template that ships with Partwork.',
  };
}
