import { filledIn } from '../../domain/filled-in.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import { ButtonForm } from '../pages/button-form.tsx';
import { seriesPath } from '../pages/public-paths.ts';
import { ReaderFrame } from './reader-frame.tsx';
import type { PageView } from '../pages/page-view.ts';

interface ConfirmPageProps {
  readonly plan: SeriesPlan;
  readonly view: PageView;
}

/** One button. Mail scanners fetch links, and do not press it. */
export const ConfirmPage = ({ plan, view, token }: ConfirmPageProps & { token: string }) => {
  const { reader } = view.words;
  return (
    <ReaderFrame view={view} title={filledIn(reader.confirmTitle, { series: plan.title })} book={plan}>
      <ButtonForm
        action={`/c/${encodeURIComponent(plan.series)}/${token}${view.asked}`}
        label={reader.confirmButton}
      >
        <p class="lead">{reader.confirmText}</p>
      </ButtonForm>
    </ReaderFrame>
  );
};

export const ExpiredPage = ({ plan, view }: ConfirmPageProps) => {
  const { reader } = view.words;
  return (
    <ReaderFrame view={view} title={reader.expiredTitle} eyebrow={plan.title} book={plan}>
      <p class="lead">{reader.expiredText}</p>
      {plan.state !== 'cancelled' && (
        <p>
          <a class="button button-main" href={`${seriesPath(plan.series)}${view.asked}#subscribe`}>
            {filledIn(reader.expiredButton, { series: plan.title })}
          </a>
        </p>
      )}
    </ReaderFrame>
  );
};

/** Only whoever reads mail at the address comes here, so it may say what it says. */
export const SuppressedPage = ({ plan, view }: ConfirmPageProps) => {
  const { reader } = view.words;
  const address = plan.about.replyTo ?? plan.about.from.address;
  return (
    <ReaderFrame view={view} title={reader.suppressedTitle} eyebrow={plan.title} book={plan}>
      <p class="lead">{filledIn(reader.suppressedText, { address })}</p>
    </ReaderFrame>
  );
};
