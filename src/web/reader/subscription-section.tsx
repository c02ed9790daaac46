import type { IssueData, SubscriptionData } from '../../actions/reading/export-data.ts';
import { parseEvery } from '../../domain/every.ts';
import { filledIn } from '../../domain/filled-in.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import type { PageView } from '../pages/page-view.ts';
import { gapWords } from '../pages/rhythm-words.ts';
import { shownDay } from '../pages/shown-time.ts';
import { sourceWords } from './source-words.ts';

interface SubscriptionSectionProps {
  readonly subscription: SubscriptionData;
  readonly plan: SeriesPlan | undefined;
  readonly view: PageView;
}

/** All that is kept of one subscription. */
export const SubscriptionSection = ({ subscription, plan, view }: SubscriptionSectionProps) => {
  const { reader, pages } = view.words;
  const { title, state, since, consent, pace, pausedUntil } = subscription;
  const day = (iso: string) => shownDay(Date.parse(iso), plan?.cadence.timezone ?? 'UTC', view.locale);
  const every = pace === undefined ? undefined : parseEvery(pace);
  const phrase = state === 'active' ? reader.dataActiveSince : reader.dataEndedSince;
  return (
    <section>
      <h2 lang={plan?.about.language}>{title}</h2>
      <ul class="kept">
        <li>{filledIn(phrase, { date: day(since) })}</li>
        {consent !== undefined && (
          <li>
            {filledIn(reader.dataConsent, {
              date: day(consent.at),
              source: sourceWords(consent.source, view.words),
            })}
          </li>
        )}
        {every !== undefined && (
          <li>{filledIn(reader.dataPace, { every: gapWords(every, pages, view.locale) })}</li>
        )}
        {pausedUntil !== undefined && <li>{filledIn(reader.dataPaused, { date: day(pausedUntil) })}</li>}
      </ul>
      <History {...{ subscription, plan, view, day }} />
    </section>
  );
};

type HistoryProps = SubscriptionSectionProps & { readonly day: (iso: string) => string };

const History = ({ subscription: { issues }, plan, view, day }: HistoryProps) => {
  const { reader } = view.words;
  if (issues.length === 0) return <p>{reader.dataNoIssues}</p>;
  return (
    <details>
      <summary>{reader.dataHistory}</summary>
      <table class="kept-issues">
        <thead>
          <tr>
            <th scope="col">{reader.dataIssue}</th>
            <th scope="col">{reader.dataOutcome}</th>
            <th scope="col">{reader.dataWhen}</th>
          </tr>
        </thead>
        <tbody>
          {issues.map((issue) => (
            <tr>
              <td lang={plan?.about.language}>{issue.title ?? issue.issue}</td>
              <td>{outcomeWords(issue, view)}</td>
              <td>{day(issue.at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
};

function outcomeWords({ outcome, isEarlierReading }: IssueData, { words: { reader } }: PageView): string {
  const known: Readonly<Record<string, string>> = {
    accepted: reader.outcomeAccepted,
    rejected: reader.outcomeRejected,
    skipped: reader.outcomeSkipped,
  };
  const words = known[outcome] ?? outcome;
  return isEarlierReading === true ? `${words} ${reader.dataEarlier}` : words;
}
