import { ButtonForm } from '../pages/button-form.tsx';
import type { PageView } from '../pages/page-view.ts';
import { ReaderFrame } from './reader-frame.tsx';

interface EndProps {
  readonly view: PageView;
}

/** The last question before everything is erased. */
export const EraseSurePage = ({ view, path }: EndProps & { path: string }) => {
  const { reader } = view.words;
  return (
    <ReaderFrame view={view} title={reader.eraseSureTitle}>
      <p class="lead">{reader.eraseSureText}</p>
      <ButtonForm
        action={`${path}/erase${view.asked}`}
        label={reader.eraseSureButton}
        kind="grave"
        hidden={{ sure: 'yes' }}
      />
      <p>
        <a href={`${path}${view.asked}`}>{reader.eraseBack}</a>
      </p>
    </ReaderFrame>
  );
};

export const ErasedPage = ({ view }: EndProps) => (
  <ReaderFrame view={view} title={view.words.reader.erasedTitle}>
    <p class="lead">{view.words.reader.erasedText}</p>
  </ReaderFrame>
);

/** Nothing is kept of whoever the link was for. */
export const NoDataPage = ({ view }: EndProps) => (
  <ReaderFrame view={view} title={view.words.reader.goneTitle}>
    <p class="lead">{view.words.reader.goneText}</p>
  </ReaderFrame>
);

export const DataExpiredPage = ({ view }: EndProps) => (
  <ReaderFrame view={view} title={view.words.reader.dataExpiredTitle}>
    <p class="lead">{view.words.reader.dataExpiredText}</p>
  </ReaderFrame>
);
