import { filledIn } from '../../../domain/filled-in.ts';
import { SECOND_MS } from '../../../domain/instant.ts';
import type { DomainTime } from '../../../domain/send-times.ts';
import type { ReplyCount } from '../../../store/replies.ts';
import { amountWords, numberWords } from '../charts/numbers.ts';
import type { BoardView } from './board-view.ts';
import { Foreign } from './foreign.tsx';
import { groupReplies, type ReplyGroup } from './reply-groups.ts';

const MOST_GROUPS = 30;
const MOST_DOMAINS = 8;
const KINDS = { deferred: 'deferredReply', rejected: 'rejectedReply', uncertain: 'uncertainReply' } as const;

/** What servers answered but "accepted", by sort of answer, with the domains that gave it. */
export const ReplyTable = ({
  view,
  replies,
}: {
  readonly view: BoardView;
  readonly replies: readonly ReplyCount[];
}) => {
  const { board } = view.words;
  const groups = groupReplies(replies);
  return (
    <section class="chart">
      <h2>{board.repliesTitle}</h2>
      {groups.length === 0 ? (
        <p class="nothing">{board.repliesNone}</p>
      ) : (
        <div class="wide" tabindex={0} role="region" aria-label={board.repliesTitle}>
          <table class="numbers">
            <caption class="unseen">{board.repliesTitle}</caption>
            <thead>
              <tr>
                <th scope="col">{board.reply}</th>
                <th scope="col" class="is-text">
                  {board.domain}
                </th>
                <th scope="col">{board.times}</th>
              </tr>
            </thead>
            <tbody>
              {groups.slice(0, MOST_GROUPS).map((group) => (
                <ReplyRow view={view} group={group} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {groups.length > MOST_GROUPS && (
        <p class="chart-gist">{filledIn(board.moreReplies, { n: groups.length - MOST_GROUPS })}</p>
      )}
    </section>
  );
};

const ReplyRow = ({
  view,
  group: { kind, reply, count, domains },
}: {
  readonly view: BoardView;
  readonly group: ReplyGroup;
}) => {
  const { words, locale } = view;
  const others = domains.length - MOST_DOMAINS;
  return (
    <tr>
      <th scope="row">
        <span class={`mark mark-${kind}`}>{words.board[KINDS[kind]]}</span>{' '}
        <ReplyName view={view} reply={reply} />
      </th>
      <td class="is-text">
        <ul class="inline">
          {domains.slice(0, MOST_DOMAINS).map(({ domain, count: own }) => (
            <li>
              <DomainName view={view} domain={domain} /> {numberWords(own, locale)}
            </li>
          ))}
          {others > 0 && <li>{filledIn(words.board.moreDomains, { n: numberWords(others, locale) })}</li>}
        </ul>
      </td>
      <td>{numberWords(count, locale)}</td>
    </tr>
  );
};

const ReplyName = ({ view, reply }: { readonly view: BoardView; readonly reply: string }) => {
  const { board } = view.words;
  if (reply === 'lost') return <>{board.replyLost}</>;
  return reply === 'other' ? (
    <>{board.replyOther}</>
  ) : (
    <code>
      <Foreign text={reply} />
    </code>
  );
};

const DomainName = ({ view, domain }: { readonly view: BoardView; readonly domain: string }) =>
  domain === '*' ? <>{view.words.board.otherDomains}</> : <Foreign text={domain} />;

const MOST_SLOW = 12;

/** Whose server takes longest over a mail. */
export const SlowestDomains = ({
  view,
  domains,
}: {
  readonly view: BoardView;
  readonly domains: readonly DomainTime[];
}) => {
  const { words, locale } = view;
  const { board } = words;
  return (
    <section class="chart">
      <h2>{board.domainsTitle}</h2>
      {domains.length === 0 ? (
        <p class="nothing">{board.domainsNone}</p>
      ) : (
        <table class="numbers">
          <caption class="unseen">{board.domainsTitle}</caption>
          <thead>
            <tr>
              <th scope="col">{board.domain}</th>
              <th scope="col">{board.mails}</th>
              <th scope="col">{board.eachTakes}</th>
            </tr>
          </thead>
          <tbody>
            {domains.slice(0, MOST_SLOW).map(({ domain, count, seconds }) => (
              <tr>
                <th scope="row">
                  <DomainName view={view} domain={domain} />
                </th>
                <td>{numberWords(count, locale)}</td>
                <td>{durationWords(seconds / Math.max(1, count), view)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};

function durationWords(seconds: number, { locale }: BoardView): string {
  const [n, unit] = seconds < 1 ? [seconds * SECOND_MS, 'millisecond'] : [seconds, 'second'];
  return amountWords(n, unit, locale, n < 10 ? 1 : 0);
}
