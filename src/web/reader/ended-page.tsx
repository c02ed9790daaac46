import { filledIn } from '../../domain/filled-in.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import type { Reading } from '../../domain/reading.ts';
import type { PageView } from '../pages/page-view.ts';
import { bookOf } from './book-of.ts';
import { ComeBack } from './come-back.tsx';
import { DoneNotice, newsOf } from './done-notice.tsx';
import { LeaveAll } from './leave-section.tsx';
import { ReaderFrame } from './reader-frame.tsx';
import { DataSection } from './settings-sections.tsx';

interface EndedPageProps {
  readonly view: PageView;
  readonly plan: SeriesPlan | undefined;
  readonly reading: Reading;
  /** Of the reader's own page. */
  readonly path: string;
  readonly done: string | undefined;
}

/** The own page of somebody who has left. */
export const EndedPage = ({ view, plan, reading, path, done }: EndedPageProps) => {
  const { reader } = view.words;
  return (
    <ReaderFrame
      view={view}
      title={reader.endedTitle}
      eyebrow={reading.title}
      book={bookOf(reading)}
      {...newsOf(done, view)}
    >
      <DoneNotice view={view} done={done} />
      <p class="lead">{filledIn(reader.endedText, { series: reading.title })}</p>
      <ComeBack view={view} plan={plan} />
      <LeaveAll view={view} path={path} />
      <DataSection view={view} path={path} />
    </ReaderFrame>
  );
};

/** For somebody of whom nothing is kept any more. */
export const GonePage = ({ view, plan }: Pick<EndedPageProps, 'view' | 'plan'>) => {
  const { reader } = view.words;
  return (
    <ReaderFrame
      view={view}
      title={reader.goneTitle}
      {...(plan !== undefined && { eyebrow: plan.title, book: plan })}
    >
      <p class="lead">{reader.goneText}</p>
      <ComeBack view={view} plan={plan} />
    </ReaderFrame>
  );
};
