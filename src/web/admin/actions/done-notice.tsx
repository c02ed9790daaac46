import { filledIn } from '../../../domain/filled-in.ts';
import { Notice } from '../../pages/notice.tsx';
import { numberWords } from '../charts/numbers.ts';
import { Said } from '../door/said.tsx';
import type { BoardView } from '../pages/board-view.ts';
import type { Done } from './do-act.ts';

/** What a button has done, on the page it leads to. */
export const DoneNotice = ({ view, done }: { readonly view: BoardView; readonly done: Done | undefined }) =>
  done === undefined ? null : (
    <Notice kind={done.kind === 'cancelled' ? 'problem' : 'done'}>
      <p>
        <Said text={doneWords(done, view)} />
      </p>
    </Notice>
  );

function doneWords({ kind, readers = 0 }: Done, { words: { board }, locale }: BoardView): string {
  switch (kind) {
    case 'pause':
      return board.pauseDone;
    case 'resume':
      return board.resumeDone;
    case 'retry':
      return filledIn(board.retryDone, { n: numberWords(readers, locale) });
    case 'retry-none':
      return board.retryNone;
    case 'retry-under-way':
      return board.retryUnderWay;
    case 'stale':
      return board.actStale;
    case 'cancelled':
      return board.actCancelled;
  }
}
