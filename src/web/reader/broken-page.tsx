import { ReaderFrame } from './reader-frame.tsx';
import type { PageView } from '../pages/page-view.ts';

/** For a link that we did not make, or that was cut or changed on its way. */
export const BrokenPage = ({ view }: { view: PageView }) => {
  const { reader } = view.words;
  return (
    <ReaderFrame view={view} title={reader.brokenTitle}>
      <p class="lead">{reader.brokenText}</p>
    </ReaderFrame>
  );
};
