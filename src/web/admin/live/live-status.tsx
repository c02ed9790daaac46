import type { Instant } from '../../../domain/instant.ts';
import { BOARD_PATHS, livePath } from '../pages/board-paths.ts';
import type { BoardView } from '../pages/board-view.ts';
import { secondsWords } from '../pages/time-words.ts';
import { zoneName } from '../../pages/shown-time.ts';

/** Without a script the page is asked for again now and then. */
const RELOAD_SECONDS = 10;

/** For the `<head>` of a page that is brought up to date by itself. */
export const LiveHead = () => (
  <>
    <script src={BOARD_PATHS.script} type="module"></script>
    <noscript>
      <meta http-equiv="refresh" content={String(RELOAD_SECONDS)} />
    </noscript>
  </>
);

interface LiveStatusProps {
  readonly view: BoardView;
  /** The page's own path. */
  readonly path: string;
  readonly now: Instant;
  readonly timezone: string;
}

/** Whether the numbers are live, and how old they are if not: `board.js` fills it in with these words. */
export const LiveStatus = ({ view, path, now, timezone }: LiveStatusProps) => {
  const { board } = view.words;
  return (
    <p
      class="live"
      id="live-status"
      data-stream={`${livePath(path)}${view.asked}`}
      data-locale={view.locale}
      data-timezone={timezone}
      data-live={board.live}
      data-joining={board.liveJoining}
      data-away={board.liveAway}
      data-lost={board.liveLost}
      data-over={board.liveOver}
      data-gone={board.liveGone}
      data-crowded={board.liveCrowded}
      data-sign-in={board.liveSignIn}
    >
      <span class="live-mark" aria-hidden="true" />
      <span class="live-words" role="status" />
      <span class="live-age">{`${board.asOf} ${secondsWords(now, timezone, view.locale)} (${zoneName(timezone, view.locale)})`}</span>
    </p>
  );
};
