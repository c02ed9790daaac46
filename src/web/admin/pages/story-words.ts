import { filledIn } from '../../../domain/filled-in.ts';
import type { Instant } from '../../../domain/instant.ts';
import type {
  Departure,
  MissedIssue,
  SeriesStory,
  StoryEvent,
  StorySuppression,
  Wait,
} from '../../../domain/story.ts';
import { formatWindow } from '../../../domain/time-of-day.ts';
import { gapWords, rhythmWords } from '../../pages/rhythm-words.ts';
import type { BoardView } from './board-view.ts';
import { harmless } from './foreign.tsx';
import { issueName } from './issue-name.ts';

/** What is told of one reader: a sentence, and what the mail server said. */
export interface Told {
  readonly says: string;
  /** The server's own words. */
  readonly words?: string;
  /** What mends it, or tells more. */
  readonly command?: string;
}

/** How moments are told on this page. */
export type Moment = (at: Instant) => string;

export const told = (says: string, words?: string): Told => ({
  says,
  ...(words !== undefined && words !== '' && { words }),
});

export function eventWords(event: StoryEvent, view: BoardView): Told {
  const { story } = view.words;
  switch (event.kind) {
    case 'asked':
    case 'agreed':
      return told(filledIn(story[event.kind], { source: harmless(event.source) }));
    case 'left':
      return told(departureWords(event.how, view));
    case 'accepted':
      return told(ofIssue(story.accepted, event, view), event.words);
    case 'rejected':
      return told(ofIssue(event.isGivenUp ? story.givenUp : story.rejected, event, view), event.words);
    case 'skipped':
    case 'held':
      return told(ofIssue(story[event.kind], event, view));
  }
}

type IssueEvent = Extract<StoryEvent, { readonly doubts: number }>;

function ofIssue(phrase: string, { issue, doubts, isEarlierReading }: IssueEvent, view: BoardView): string {
  const { story } = view.words;
  const notes = [
    doubts > 0 && filledIn(story.doubts, { n: doubts }),
    isEarlierReading && story.earlier,
  ].filter((note) => note !== false);
  const says = filledIn(phrase, { issue: issueName(issue, view) });
  if (notes.length === 0) return says;
  return view.locale === 'en' ? `${says} (${notes.join('; ')})` : `${says}（${notes.join('；')}）`;
}

const DEPARTURES = {
  unsubscribed: 'unsubscribed',
  removed: 'removed',
  erased: 'erased',
  rejected: 'leftRejected',
  suppressed: 'leftSuppressed',
  unsaid: 'unsaid',
} as const;

export const departureWords = (how: Departure, { words: { story } }: BoardView): string =>
  story[DEPARTURES[how]];

export const suppressionWords = (
  { why, at, words }: StorySuppression,
  view: BoardView,
  moment: Moment,
): Told => {
  const { story } = view.words;
  return why === 'erased'
    ? told(filledIn(story.suppressedErased, { at: moment(at) }))
    : {
        ...told(filledIn(story.suppressedRefused, { at: moment(at) }), words),
        command: 'partwork subscribers unsuppress',
      };
};

export function waitWords(wait: Wait, view: BoardView, moment: Moment): Told {
  const { story } = view.words;
  switch (wait.kind) {
    case 'gap':
      return told(gapSays(wait, view, moment));
    case 'earlier-gap':
      return told(filledIn(story.earlierGap, { until: moment(wait.until) }));
    case 'break':
    case 'release':
    case 'start':
      return told(filledIn(story[wait.kind], { until: moment(wait.until) }));
    case 'window': {
      const window = formatWindow(wait.window);
      return told(filledIn(story.window, { window, timezone: wait.timezone, until: moment(wait.until) }));
    }
    case 'retry': {
      const { attempt, words } = wait;
      const times = { until: moment(wait.until), first: moment(wait.firstTriedAt) };
      return told(filledIn(story.retry, { attempt, ...times }), words);
    }
    case 'repeat':
      return told(filledIn(story.repeat, { until: moment(wait.until) }), wait.words);
    case 'put-aside':
      return told(filledIn(story.putAside, { until: moment(wait.until) }), wait.words);
    case 'lease':
      return told(filledIn(story[wait.stage], { attempt: wait.attempt }));
    case 'turn':
      return told(filledIn(story.turn, { since: moment(wait.since) }));
  }
}

function gapSays(wait: Extract<Wait, { kind: 'gap' }>, view: BoardView, moment: Moment): string {
  const { story, pages } = view.words;
  const { every, hour, timezone, isOwn, after, since, until } = wait;
  const cadence = { every, timezone, ...(hour !== undefined && { at: hour }) };
  return filledIn(isOwn ? story.gapOwn : story.gapSeries, {
    pace: rhythmWords(cadence, pages, view.locale),
    after: issueName(after, view),
    since: moment(since),
    until: moment(until),
  });
}

export const missedWords = (missed: MissedIssue, view: BoardView): string =>
  filledIn(
    missed.why === 'before-first' ? view.words.story.missedBeforeFirst : view.words.story.missedPassedBy,
    {
      issue: issueName(missed, view),
    },
  );

export function standingWords({ state, had, issues }: SeriesStory, { words: { story } }: BoardView): string {
  if (state === 'asked') return story.standingAsked;
  return filledIn(state === 'left' ? story.standingLeft : story.standingReading, { had, issues });
}

export function paceWords({ pace, round }: SeriesStory, { words, locale }: BoardView): string[] {
  const { story, pages } = words;
  return [
    ...(pace === undefined
      ? []
      : [
          filledIn(pace.isOffered ? story.pace : story.paceNotOffered, {
            pace: gapWords(pace.every, pages, locale),
          }),
        ]),
    ...(round === 0 ? [] : [filledIn(story.rounds, { n: round })]),
  ];
}
