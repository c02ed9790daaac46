import type { Root } from 'hast';
import type { Problem } from '../domain/problem.ts';
import type { Slotted } from '../domain/rendered-issue.ts';
import type { Place } from './article/link-target.ts';
import { fitArticle, type ArticleCut } from './clip/fit-article.ts';
import type { IssueView } from './issue-view.ts';
import { renderHtml } from './render-html.ts';
import { renderPlain } from './render-plain.ts';
import { seriesContents } from './series-contents.ts';
import { splitSlots } from './slot-marks.ts';
import type { Stationery } from './template/stationery.ts';
import { imageLabelFrom } from './words.ts';

/** Both parts of a mail. */
export interface MailParts {
  readonly html: Slotted;
  readonly text: Slotted;
  /** Present when only the beginning of the article is in them. */
  readonly cut?: ArticleCut;
}

/** An article → the HTML and the text of its mail, both cut alike when the HTML would be clipped; or what is wrong with the templates. */
export async function renderParts(
  article: Root,
  place: Place,
  view: IssueView,
  stationery: Stationery,
): Promise<MailParts | Problem[]> {
  const { series, webUrl } = place;
  const { slots, words } = view;
  // The links to the other issues may be in what a cut leaves out.
  const cutView: IssueView = { ...view, contents: seriesContents(place, new Set()) };
  const viewOf = (isCut: boolean): IssueView => (isCut ? cutView : view);

  const fitted = await fitArticle(article, {
    renderHtml: (part, isCut) => renderHtml(series, part, viewOf(isCut), stationery),
    slots,
    webUrl,
    readOn: words.readOn,
  });
  const { tree, html, cut } = Array.isArray(fitted) ? { tree: article, html: fitted } : fitted;
  const plainView = viewOf(cut !== undefined);
  const text = await renderPlain(series, tree, plainView, stationery, imageLabelFrom(words));
  if (typeof html !== 'string' || typeof text !== 'string') return [html, text].flatMap(problemsIn);
  return { html: splitSlots(html, slots), text: splitSlots(text, slots), ...(cut && { cut }) };
}

const problemsIn = (part: string | Problem[]): Problem[] => (typeof part === 'string' ? [] : part);
