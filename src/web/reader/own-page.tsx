import type { Instant } from '../../domain/instant.ts';
import type { Reading } from '../../domain/reading.ts';
import type { PageView } from '../pages/page-view.ts';
import { bookOf } from './book-of.ts';
import { BreakSection } from './break-section.tsx';
import { DoneNotice, newsOf } from './done-notice.tsx';
import { LeaveSection } from './leave-section.tsx';
import { NextSection } from './next-section.tsx';
import type { WrongField } from './own-actions.ts';
import { Progress } from './progress.tsx';
import { ReaderFrame } from './reader-frame.tsx';
import { AgainSection, DataSection, PaceSection, ProfileSection } from './settings-sections.tsx';

interface OwnPageProps {
  readonly view: PageView;
  readonly reading: Reading;
  readonly now: Instant;
  /** Of this page. */
  readonly path: string;
  /** Which message to show. */
  readonly done: string | undefined;
  readonly wrong: WrongField | undefined;
}

/** Everything a reader can do with one subscription. It shows no address and no other series: the link may have been passed on. */
export const OwnPage = ({ view, reading, now, path, done, wrong }: OwnPageProps) => {
  const { reader } = view.words;
  const own = { view, reading, now, path };
  const field = wrong?.wrong;
  const typed = wrong?.typed ?? '';
  return (
    <ReaderFrame
      view={view}
      title={reading.title}
      eyebrow={reader.ownEyebrow}
      book={bookOf(reading)}
      isWide
      {...(wrong === undefined ? newsOf(done, view) : { news: reader.errorTitle })}
    >
      {wrong === undefined && <DoneNotice view={view} done={done} />}
      <div class="act-top">
        <NextSection {...own} />
        <Progress {...own} />
      </div>
      <div class="settings">
        <BreakSection {...own} {...(field === 'day' && { wrongDay: typed })} />
        <PaceSection {...own} isWrong={field === 'pace'} />
        <AgainSection {...own} isWrong={field === 'issue'} />
        <ProfileSection
          {...own}
          wrong={field === 'name' || field === 'language' ? field : undefined}
          wrongName={typed}
        />
        <LeaveSection {...own} title={reading.title} />
        <DataSection {...own} />
      </div>
    </ReaderFrame>
  );
};
