import { directionOf } from '../../domain/locale.ts';
import { counted } from './counted.ts';
import { Cover } from './cover.tsx';
import { languageName } from './language-name.ts';
import { Page } from './page.tsx';
import type { PageView } from './page-view.ts';
import { seriesPath } from './public-paths.ts';
import { gapWords } from './rhythm-words.ts';
import type { ShownSeries } from './shown-series.ts';

/** What there is to subscribe to. */
export const HomePage = ({ view, all }: { view: PageView; all: readonly ShownSeries[] }) => {
  const { pages } = view.words;
  const isEmpty = all.length === 0;
  return (
    <Page
      {...view}
      title={pages.homeTitle}
      head={
        <>
          <meta name="description" content={pages.homeLead} />
          <link rel="canonical" href={`${view.baseUrl}/`} />
        </>
      }
    >
      <div class="opening">
        <h1>{isEmpty ? pages.noSeriesTitle : pages.homeTitle}</h1>
        <p class="lead">{isEmpty ? pages.noSeries : pages.homeLead}</p>
      </div>
      {!isEmpty && (
        <ul class="books">
          {all.map((series) => (
            <Book view={view} series={series} />
          ))}
        </ul>
      )}
    </Page>
  );
};

const Book = ({ view, series: { plan, total } }: { view: PageView; series: ShownSeries }) => {
  const { locale, words, asked } = view;
  const { series, title, about, cadence } = plan;
  return (
    <li class="book">
      <Cover {...plan} />
      <div class="book-words" lang={about.language} dir={directionOf(about.language)}>
        <h2>
          <a href={seriesPath(series) + asked}>{title}</a>
        </h2>
        {about.description !== '' && <p>{about.description}</p>}
        <ul class="facts" lang={locale} dir="ltr">
          <li>{counted(total, words.pages.issuesOne, words.pages.issuesMany)}</li>
          <li>{gapWords(cadence.every, words.pages, locale)}</li>
          <li>{languageName(about.language, locale)}</li>
        </ul>
      </div>
    </li>
  );
};
