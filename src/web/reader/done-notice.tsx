import { Notice } from '../pages/notice.tsx';
import type { PageView } from '../pages/page-view.ts';
import { doneMessage } from './done-message.ts';

interface DoneNoticeProps {
  readonly view: PageView;
  /** As the address says; only names of ours are shown. */
  readonly done: string | undefined;
}

/** What the button before did. */
export const DoneNotice = ({ view, done }: DoneNoticeProps) => {
  const message = doneMessage(done);
  if (message === undefined) return null;
  return (
    <Notice kind={message.kind}>
      <p>{view.words.reader[message.phrase]}</p>
    </Notice>
  );
};

/** The same for the window's title. */
export function newsOf(done: string | undefined, { words }: PageView): { readonly news?: string } {
  const message = doneMessage(done);
  return message === undefined ? {} : { news: words.reader[message.phrase] };
}
