import type { Root } from 'hast';
import type { Problem } from '../domain/problem.ts';
import type { ImageLabel } from './article/resolve-links.ts';
import type { IssueView } from './issue-view.ts';
import type { SeriesAround } from './series-around.ts';
import type { Stationery } from './template/stationery.ts';
import { renderText } from './text/render-text.ts';
import { tidyText } from './text/tidy-text.ts';

/** An article in the series' text template → the text part, with marks where slots will be; or what is wrong with the template. */
export async function renderPlain(
  series: SeriesAround,
  article: Root,
  view: IssueView,
  { templates, engine }: Stationery,
  imageLabel: ImageLabel,
): Promise<string | Problem[]> {
  const name = templates.has(`${series.template}.text.liquid`) ? `${series.template}.text` : 'issue.text';
  const frame = await engine.fillText(name, { ...view, article: view.slots.article });
  if (typeof frame !== 'string') return [frame];

  // The article comes last, so that tidying the template's blank lines leaves its code blocks alone.
  return tidyText(frame).replaceAll(view.slots.article, () => renderText(article, imageLabel));
}
