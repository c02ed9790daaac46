import { filledIn } from '../../domain/filled-in.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import type { TokenOwner } from '../../domain/token.ts';
import type { PageView } from '../pages/page-view.ts';
import { ComeBack } from './come-back.tsx';
import { LeaveAll } from './leave-section.tsx';
import { ReaderFrame } from './reader-frame.tsx';

interface LeftPageProps {
  readonly view: PageView;
  readonly owner: TokenOwner;
  readonly plan: SeriesPlan | undefined;
  /** Of the reader's own page. */
  readonly path: string;
}

/** Somebody has left; the same for one who had left before, and for one who was erased. */
export const LeftPage = ({ view, owner, plan, path }: LeftPageProps) => {
  const { reader } = view.words;
  const title = plan?.title ?? owner.series;
  return (
    <ReaderFrame
      view={view}
      title={filledIn(reader.leftTitle, { series: title })}
      {...(plan !== undefined && { book: plan })}
    >
      <p class="lead">{reader.leftText}</p>
      <ComeBack view={view} plan={plan} />
      <LeaveAll view={view} path={path} />
    </ReaderFrame>
  );
};
