import type { PersonalData } from '../../actions/reading/export-data.ts';
import { filledIn } from '../../domain/filled-in.ts';
import type { Instant } from '../../domain/instant.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import { ButtonForm } from '../pages/button-form.tsx';
import { languageName } from '../pages/language-name.ts';
import type { PageView } from '../pages/page-view.ts';
import { shownDay } from '../pages/shown-time.ts';
import { ReaderFrame } from './reader-frame.tsx';
import { shownMoment } from './shown-moment.ts';
import { sourceWords } from './source-words.ts';
import { SubscriptionSection } from './subscription-section.tsx';

interface DataPageProps {
  readonly data: PersonalData;
  readonly plans: readonly SeriesPlan[];
  readonly view: PageView;
  /** Of this page. */
  readonly path: string;
  /** When its link ends. */
  readonly until: Instant;
}

/** All there is about a person, and what they can do with it. */
export const DataPage = ({ data, plans, view, path, until }: DataPageProps) => {
  const { reader } = view.words;
  const planOf = (series: string) => plans.find((plan) => plan.series === series);
  const zone = planOf(data.subscriptions[0]?.series ?? '')?.cadence.timezone ?? 'UTC';
  const date = shownMoment(until, zone, view.locale);
  return (
    <ReaderFrame view={view} title={reader.dataPageTitle}>
      <p class="lead">{filledIn(reader.dataPageText, { date })}</p>
      <You data={data} view={view} zone={zone} />
      {data.subscriptions.map((one) => (
        <SubscriptionSection subscription={one} plan={planOf(one.series)} view={view} />
      ))}
      <Requests data={data} view={view} planOf={planOf} />
      <section>
        <h2>{reader.dataDownloadTitle}</h2>
        <p>{reader.dataDownloadText}</p>
        <ButtonForm action={`${path}/download${view.asked}`} label={reader.dataDownload} />
      </section>
      <section>
        <h2>{reader.eraseTitle}</h2>
        <p>{reader.eraseText}</p>
        <ButtonForm action={`${path}/erase${view.asked}`} label={reader.eraseButton} kind="grave" />
      </section>
    </ReaderFrame>
  );
};

const You = ({ data, view, zone }: Pick<DataPageProps, 'data' | 'view'> & { zone: string }) => {
  const { reader } = view.words;
  const { address, name, language, suppressed } = data;
  return (
    <section>
      <h2>{reader.dataYou}</h2>
      <dl class="facts">
        <div>
          <dt>{reader.dataAddress}</dt>
          <dd>{address}</dd>
        </div>
        <div>
          <dt>{reader.dataName}</dt>
          <dd>{name === '' ? reader.dataNothing : name}</dd>
        </div>
        <div>
          <dt>{reader.dataLanguage}</dt>
          <dd>
            {language === undefined ? reader.dataLanguageOfSeries : languageName(language, view.locale)}
          </dd>
        </div>
      </dl>
      {suppressed !== undefined && (
        <p>
          {filledIn(reader.dataSuppressed, {
            date: shownDay(Date.parse(suppressed.since), zone, view.locale),
            reason: suppressed.reason,
          })}
        </p>
      )}
    </section>
  );
};

interface RequestsProps extends Pick<DataPageProps, 'data' | 'view'> {
  readonly planOf: (series: string) => SeriesPlan | undefined;
}

const Requests = ({ data: { requests }, view, planOf }: RequestsProps) => {
  if (requests.length === 0) return null;
  const { reader } = view.words;
  return (
    <section>
      <h2>{reader.dataRequests}</h2>
      <ul>
        {requests.map(({ series, at, source }) => (
          <li>
            {filledIn(reader.dataRequest, {
              series: planOf(series)?.title ?? series,
              date: shownDay(Date.parse(at), planOf(series)?.cadence.timezone ?? 'UTC', view.locale),
              source: sourceWords(source, view.words),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
};
