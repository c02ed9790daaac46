import { filledIn } from '../../../domain/filled-in.ts';
import type { SeriesId } from '../../../domain/series.ts';
import type { Obstacle } from '../../../domain/story.ts';
import type { BoardView } from './board-view.ts';
import { issueName } from './issue-name.ts';
import { departureWords, suppressionWords, told, type Moment, type Told } from './story-words.ts';

/** Why nothing goes to a reader, with the command that mends it where one does. */
export function obstacleWords(obstacle: Obstacle, series: SeriesId, view: BoardView, moment: Moment): Told {
  const { story } = view.words;
  switch (obstacle.kind) {
    case 'not-confirmed':
      return told(
        filledIn(story.notConfirmed, { since: moment(obstacle.since), until: moment(obstacle.until) }),
      );
    case 'left':
      return told(
        filledIn(story.obstacleLeft, {
          since: moment(obstacle.since),
          how: departureWords(obstacle.how, view),
        }),
      );
    case 'suppressed':
      return suppressionWords(obstacle, view, moment);
    case 'not-scheduled':
      return { says: story.notScheduled, command: `partwork schedule ${series}` };
    case 'series-paused':
      return { says: story.seriesPaused, command: `partwork resume ${series}` };
    case 'series-stopped':
      return { ...told(story.seriesStopped, obstacle.words), command: `partwork resume ${series}` };
    case 'series-cancelled':
      return { says: story.seriesCancelled, command: `partwork schedule ${series}` };
    case 'caught-up':
      return told(
        obstacle.since === undefined
          ? story.caughtUp
          : filledIn(story.caughtUpSince, { since: moment(obstacle.since) }),
      );
    case 'held': {
      const says = filledIn(story.obstacleHeld, { issue: issueName(obstacle.issue, view) });
      return { ...told(says, obstacle.words), command: `partwork held ${series}` };
    }
    case 'nobody-works':
      return { says: story.nobodyWorks, command: 'partwork work' };
    case 'mail-server-trouble':
      return told(story.serverTrouble, obstacle.words);
    case 'no-place':
      return told(story.noPlace);
  }
}
