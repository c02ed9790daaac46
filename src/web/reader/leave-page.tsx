import { filledIn } from '../../domain/filled-in.ts';
import type { Reading } from '../../domain/reading.ts';
import { ButtonForm } from '../pages/button-form.tsx';
import type { PageView } from '../pages/page-view.ts';
import { bookOf } from './book-of.ts';
import { ReaderFrame } from './reader-frame.tsx';

interface LeavePageProps {
  readonly view: PageView;
  readonly reading: Reading;
  /** Where the button posts to. */
  readonly action: string;
  /** Of the reader's own page. */
  readonly path: string;
}

/** One button to leave with, and the way to get less instead. */
export const LeavePage = ({ view, reading, action, path }: LeavePageProps) => {
  const { title, about } = reading;
  const { reader } = view.words;
  const hasPaces = about.paces.length > 0;
  return (
    <ReaderFrame
      view={view}
      title={filledIn(reader.leavePageTitle, { series: title })}
      book={bookOf(reading)}
    >
      <ButtonForm action={action} label={reader.leaveButton}>
        <p class="lead">{reader.leavePageText}</p>
      </ButtonForm>
      <section>
        <h2>{reader.leaveInstead}</h2>
        <p>{hasPaces ? reader.leaveInsteadPace : reader.leaveInsteadPause}</p>
        <p>
          <a class="button button-plain" href={`${path}${view.asked}#break`}>
            {hasPaces ? reader.leaveInsteadPaceLink : reader.leaveInsteadLink}
          </a>
        </p>
      </section>
    </ReaderFrame>
  );
};
