import type { SeriesPlan } from '../../domain/plan.ts';
import type { FormSeal } from '../guard/form-guard.tsx';
import { ReaderFrame } from './reader-frame.tsx';
import { SignupForm, type SignupTrouble, type SignupValues } from './signup-form.tsx';
import type { PageView } from '../pages/page-view.ts';

interface SignupPageProps {
  readonly plan: SeriesPlan;
  readonly view: PageView;
  readonly seal: FormSeal;
  readonly values: SignupValues;
  readonly trouble: SignupTrouble;
}

const newsOf = ({ trouble, view: { words } }: SignupPageProps): string =>
  trouble.kind === 'busy' ? words.reader.busyTitle : words.reader.errorTitle;

/** The form once more, when something is wrong with it. */
export const SignupPage = (props: SignupPageProps) => (
  <ReaderFrame view={props.view} title={props.plan.title} book={props.plan} news={newsOf(props)}>
    <SignupForm {...props} />
  </ReaderFrame>
);
