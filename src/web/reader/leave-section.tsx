import { filledIn } from '../../domain/filled-in.ts';
import { ButtonForm } from '../pages/button-form.tsx';
import type { PageView } from '../pages/page-view.ts';

interface LeaveProps {
  readonly view: PageView;
  /** Of the reader's own page. */
  readonly path: string;
}

/** Leaving this series, or all of them. */
export const LeaveSection = ({ view, path, title }: LeaveProps & { title: string }) => {
  const { reader } = view.words;
  return (
    <>
      <section>
        <h2>{reader.leaveTitle}</h2>
        <p>{filledIn(reader.leaveText, { series: title })}</p>
        <ButtonForm action={`${path}/leave${view.asked}`} label={reader.leaveButton} kind="plain" />
      </section>
      <LeaveAll view={view} path={path} />
    </>
  );
};

/** It names no series: the link may be in other hands than the reader's. */
export const LeaveAll = ({ view, path }: LeaveProps) => {
  const { reader } = view.words;
  return (
    <section>
      <h2>{reader.leaveAllTitle}</h2>
      <p>{reader.leaveAllText}</p>
      <ButtonForm action={`${path}/leave-all${view.asked}`} label={reader.leaveAllButton} kind="plain" />
    </section>
  );
};
