import type { SeriesPlan } from '../../domain/plan.ts';
import { FormFields, type FormSeal } from '../guard/form-guard.tsx';
import { ReaderFrame } from './reader-frame.tsx';
import { subscribePath, type SignupValues } from './signup-form.tsx';
import type { PageView } from '../pages/page-view.ts';

interface StepPageProps {
  readonly plan: SeriesPlan;
  readonly view: PageView;
  readonly seal: FormSeal;
  readonly values: SignupValues;
}

/** For a form filled in too quickly, or left open too long, or without script: a program gives up here, a person presses a button. */
export const StepPage = ({ plan, view, seal, values }: StepPageProps) => {
  const { reader } = view.words;
  return (
    <ReaderFrame view={view} title={reader.stepTitle} eyebrow={plan.title} book={plan}>
      <p>{reader.stepText}</p>
      {seal.proofBits > 0 && (
        <noscript>
          <p>{reader.stepWait}</p>
        </noscript>
      )}
      <form method="post" action={subscribePath(plan, view)} class="button-form">
        {Object.entries(values).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <FormFields seal={seal} words={view.words.door} />
        <button type="submit" class="button button-main">
          {reader.stepButton}
        </button>
      </form>
    </ReaderFrame>
  );
};
