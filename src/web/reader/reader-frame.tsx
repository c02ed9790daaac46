import type { Child } from 'hono/jsx';
import { Cover, type Book } from '../pages/cover.tsx';
import { Page } from '../pages/page.tsx';
import type { PageView } from '../pages/page-view.ts';

interface ReaderFrameProps {
  readonly view: PageView;
  readonly title: string;
  /** Said above the title. */
  readonly eyebrow?: string;
  /** The series, whose cover stands beside the title. */
  readonly book?: Book;
  /** For a page of many sections, which stand side by side where there is room. */
  readonly isWide?: boolean;
  /** What has just happened: first in the window's title, since that is what a screen reader says of a new page. */
  readonly news?: string;
  readonly children?: Child;
}

/** The frame of the pages that act: one narrow column, and nothing of it in a search engine. */
export const ReaderFrame = ({ view, title, eyebrow, book, isWide, news, children }: ReaderFrameProps) => (
  <Page {...view} title={news === undefined ? title : `${news} – ${title}`} isPrivate>
    <article class={isWide === true ? 'act act-wide' : 'act'}>
      <header class={book === undefined ? 'act-head' : 'act-head act-book'}>
        {book !== undefined && <Cover {...book} />}
        <div>
          {eyebrow !== undefined && (
            <p class="eyebrow" lang={languageOf(eyebrow, book)}>
              {eyebrow}
            </p>
          )}
          <h1 lang={languageOf(title, book)}>{title}</h1>
        </div>
      </header>
      {children}
    </article>
  </Page>
);

/** A series' title is in the series' language; everything else in the page's. */
const languageOf = (text: string, book: Book | undefined): string | undefined =>
  book !== undefined && text === book.title ? book.about.language : undefined;
