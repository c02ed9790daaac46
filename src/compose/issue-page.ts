import type { Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { IssuePage } from '../domain/issue-page.ts';
import type { Place } from './article/link-target.ts';
import type { IssueView } from './issue-view.ts';
import { webArticle } from './page/web-article.ts';

/** An article, the whole of it, as a web page shows it. */
export function issuePage(article: Root, place: Place, view: IssueView): IssuePage {
  const { date } = place.issue;
  const { title, description, preheader, readingMinutes, image, source, url } = view.issue;
  return {
    title,
    description: description === '' ? preheader : description,
    ...(date !== undefined && { date }),
    readingMinutes,
    ...(image !== null && { image: imageOf(image) }),
    ...(source !== null && {
      source: { name: source.name, ...(source.url !== null && { url: source.url }) },
    }),
    ...(url !== null && { canonicalUrl: url }),
    html: toHtml(webArticle(article, place, view)),
  };
}

function imageOf({ url, alt, width, height }: NonNullable<IssueView['issue']['image']>) {
  return { url, alt, ...(width !== null && { width }), ...(height !== null && { height }) };
}
