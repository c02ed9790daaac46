import { filledIn } from '../../../domain/filled-in.ts';
import type { SeriesStory, Story, StoryEvent } from '../../../domain/story.ts';
import type { SeriesId } from '../../../domain/series.ts';
import { localeOf } from '../../../domain/locale.ts';
import { LOCALE_NAMES } from '../../pages/locale-names.ts';
import { zoneName } from '../../pages/shown-time.ts';
import { boardSeriesPath } from './board-paths.ts';
import type { BoardView } from './board-view.ts';
import { Foreign } from './foreign.tsx';
import { issueName } from './issue-name.ts';
import { obstacleWords } from './obstacle-words.ts';
import {
  eventWords,
  missedWords,
  paceWords,
  standingWords,
  suppressionWords,
  waitWords,
  type Moment,
  type Told,
} from './story-words.ts';
import { storyMoment } from './time-words.ts';

interface ReaderBodyProps {
  readonly view: BoardView;
  readonly story: Story;
  /** A series' own zone, in which its times are told. */
  readonly timezoneOf: (series: SeriesId) => string;
}

/** One reader's whole story: the same that `partwork why` tells. */
export const ReaderBody = ({ view, story, timezoneOf }: ReaderBodyProps) => {
  const words = view.words.story;
  if (story.kind === 'unknown' && story.suppression === undefined) {
    return <p class="text">{words.unknown}</p>;
  }
  const moment = momentIn('UTC', view);
  return (
    <>
      {(story.name !== '' || story.language !== undefined) && (
        <p class="reader-facts">
          <Foreign text={story.name} />
          {story.language !== undefined && (
            <span>{filledIn(words.language, { language: LOCALE_NAMES[localeOf(story.language)] })}</span>
          )}
        </p>
      )}
      {story.suppression !== undefined && !isToldBelow(story) && (
        <ul class="told told-grave">
          <ToldLine told={suppressionWords(story.suppression, view, moment)} view={view} />
        </ul>
      )}
      <div class="board board-halves">
        {story.series.map((one) => (
          <SeriesStoryPanel view={view} story={one} timezone={timezoneOf(one.series)} />
        ))}
      </div>
    </>
  );
};

/** A series in which it stands in the way says so itself. */
const isToldBelow = ({ series }: Story): boolean =>
  series.some(({ obstacles }) => obstacles.some(({ kind }) => kind === 'suppressed'));

const momentIn =
  (timezone: string, { locale }: BoardView): Moment =>
  (at) =>
    storyMoment(at, timezone, locale);

interface SeriesStoryProps {
  readonly view: BoardView;
  readonly story: SeriesStory;
  readonly timezone: string;
}

const SeriesStoryPanel = ({ view, story: one, timezone }: SeriesStoryProps) => {
  const { story: words, board } = view.words;
  const moment = momentIn(timezone, view);
  return (
    <section class="panel story">
      <header class="card-head">
        <h2>
          <a href={`${boardSeriesPath(one.series)}${view.asked}`}>
            <Foreign text={one.title} />
          </a>
        </h2>
        <p class="card-facts">{standingWords(one, view)}</p>
      </header>
      {one.state !== 'left' && <Next view={view} story={one} moment={moment} />}
      {one.obstacles.length > 0 && (
        <>
          <h3>{words.whyNot}</h3>
          <ul class="told told-grave">
            {one.obstacles.map((obstacle) => (
              <ToldLine told={obstacleWords(obstacle, one.series, view, moment)} view={view} />
            ))}
          </ul>
        </>
      )}
      {paceWords(one, view).map((line) => (
        <p>{line}</p>
      ))}
      <h3>{words.events}</h3>
      {one.events.length === 0 ? (
        <p class="nothing">{words.eventsNone}</p>
      ) : (
        <Events view={view} events={one.events} moment={moment} />
      )}
      {one.missed.length > 0 && (
        <>
          <h3>{words.missed}</h3>
          <ul class="told">
            {one.missed.map((missed) => (
              <li>
                <bdi>{missedWords(missed, view)}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="chart-gist">{filledIn(board.timesIn, { zone: zoneName(timezone, view.locale) })}</p>
    </section>
  );
};

interface PartProps {
  readonly view: BoardView;
  readonly moment: Moment;
}

const Next = ({ view, story: { next }, moment }: PartProps & { readonly story: SeriesStory }) => {
  const words = view.words.story;
  if (next === undefined) return null;
  const issue = issueName(next.issue, view);
  return (
    <>
      <h3>{words.nextTitle}</h3>
      <p class="story-next">
        <bdi>
          {next.at === undefined
            ? filledIn(words.nextUntold, { issue })
            : filledIn(words.nextAt, { issue, at: moment(next.at) })}
        </bdi>
      </p>
      {next.waits.length > 0 && (
        <ul class="told">
          {next.waits.map((wait) => (
            <ToldLine told={waitWords(wait, view, moment)} view={view} />
          ))}
        </ul>
      )}
    </>
  );
};

const Events = ({ view, events, moment }: PartProps & { readonly events: readonly StoryEvent[] }) => (
  <ol class="events">
    {events.map((event) => {
      const { says, words } = eventWords(event, view);
      return (
        <li class={`event event-${event.kind}`}>
          <time datetime={new Date(event.at).toISOString()}>{moment(event.at)}</time>
          <span>
            <bdi>{says}</bdi>
            {words !== undefined && <ServerWords words={words} />}
          </span>
        </li>
      );
    })}
  </ol>
);

const ToldLine = ({
  told: { says, words, command },
  view,
}: {
  readonly told: Told;
  readonly view: BoardView;
}) => (
  <li>
    <bdi>{says}</bdi>
    {words !== undefined && (
      <>
        {' '}
        <span class="unseen">{view.words.story.serverSaid}</span>
        <ServerWords words={words} />
      </>
    )}
    {command !== undefined && (
      <code class="command">
        <Foreign text={command} />
      </code>
    )}
  </li>
);

/** What a mail server said, as it said it. */
const ServerWords = ({ words }: { readonly words: string }) => (
  <q class="server-words">
    <Foreign text={words} />
  </q>
);
