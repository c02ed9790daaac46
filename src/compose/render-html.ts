import type { Root } from 'hast';
import type { Problem } from '../domain/problem.ts';
import { renderBlocks } from './article/render-blocks.ts';
import type { IssueView } from './issue-view.ts';
import { compileMjml } from './template/compile-mjml.ts';
import { mjmlProblems } from './template/mjml-problems.ts';
import type { SeriesAround } from './series-around.ts';
import type { Stationery } from './template/stationery.ts';

/** An article in the series' template → the HTML part, with marks where slots will be; or what is wrong with the template. */
export async function renderHtml(
  series: SeriesAround,
  article: Root,
  view: IssueView,
  { templates, engine }: Stationery,
): Promise<string | Problem[]> {
  const name = `${series.template}.mjml`;
  if (!templates.has(`${name}.liquid`)) return [noTemplate(series)];

  const blocks = renderBlocks(article, view.start);
  const mjml = await engine.fillMarkup(name, { ...view, article: blocks });
  if (typeof mjml !== 'string') return [mjml];

  const compiled = await compileMjml(mjml);
  return 'html' in compiled
    ? compiled.html
    : mjmlProblems(compiled.faults, mjml, templates, `${name}.liquid`);
}

const noTemplate = ({ file, template }: SeriesAround): Problem => ({
  severity: 'error',
  file,
  message: `The series asks for the template "${template}", but the templates folder has no ${template}.mjml.liquid.`,
  fix: 'Add that file, or remove "template" from the front matter to use ours.',
});
