import { filledIn } from '../../domain/filled-in.ts';
import { MINUTE_MS } from '../../domain/instant.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import { FormFields, type FormSeal } from '../guard/form-guard.tsx';
import { Field } from '../pages/field.tsx';
import { Notice } from '../pages/notice.tsx';
import { paceOptions } from './pace-options.ts';
import { seriesPath } from '../pages/public-paths.ts';
import type { PageView } from '../pages/page-view.ts';

/** What somebody has filled in, as typed. */
export interface SignupValues {
  readonly address: string;
  readonly name: string;
  readonly pace: string;
  /** The page of the writer's own site to go back to; '' = ours. */
  readonly return: string;
}

/** Why a form is shown again. */
export type SignupTrouble =
  | { readonly kind: 'wrong'; readonly field: 'address' | 'name' | 'pace' }
  | { readonly kind: 'unmailable' }
  | { readonly kind: 'busy'; readonly retryAfterMs: number };

interface SignupFormProps {
  readonly plan: SeriesPlan;
  readonly view: PageView;
  readonly seal: FormSeal;
  readonly values?: SignupValues;
  readonly trouble?: SignupTrouble;
}

const TITLE = 'signup-title';
const LONGEST_ADDRESS = 254;
const LONGEST_NAME = 200;
const NOTHING_YET: SignupValues = { address: '', name: '', pace: '', return: '' };

/** The form to subscribe to a series with; it needs no script. What has been typed is kept when something is wrong with it. */
export const SignupForm = (props: SignupFormProps) => {
  const { plan, view, seal, values = NOTHING_YET, trouble } = props;
  const { reader } = view.words;
  return (
    <form
      class="signup"
      id="subscribe"
      method="post"
      action={subscribePath(plan, view)}
      aria-labelledby={TITLE}
    >
      <h2 id={TITLE}>{reader.signupTitle}</h2>
      {trouble?.kind === 'busy' && <BusyNotice trouble={trouble} view={view} />}
      <AddressField values={values} trouble={trouble} view={view} />
      <Field
        name="name"
        id="signup-name"
        label={reader.signupName}
        value={values.name}
        autocomplete="name"
        maxlength={LONGEST_NAME}
        hint={reader.signupNameHint}
        {...(isWrong(trouble, 'name') && { error: reader.errorName })}
      />
      {plan.about.paces.length > 0 && (
        <Field
          name="pace"
          id="signup-pace"
          label={reader.signupPace}
          value={values.pace}
          options={paceOptions(plan.cadence.every, plan.about.paces, view)}
          {...(isWrong(trouble, 'pace') && { error: reader.errorPace })}
        />
      )}
      {values.return !== '' && <input type="hidden" name="return" value={values.return} />}
      <FormFields seal={seal} words={view.words.door} />
      <button type="submit" class="button button-main">
        {reader.subscribe}
      </button>
      <p class="hint">{reader.signupNext}</p>
    </form>
  );
};

/** Where the form posts to; the answer comes in the language of the page. */
export const subscribePath = ({ series }: SeriesPlan, { asked }: PageView): string =>
  `${seriesPath(series)}/subscribe${asked}`;

interface AddressFieldProps {
  readonly view: PageView;
  readonly values: SignupValues;
  readonly trouble: SignupTrouble | undefined;
}

const AddressField = ({ values, trouble, view }: AddressFieldProps) => {
  const { reader } = view.words;
  const error =
    trouble?.kind === 'unmailable'
      ? reader.errorUnmailable
      : isWrong(trouble, 'address')
        ? reader.errorAddress
        : undefined;
  return (
    <Field
      name="address"
      id="signup-address"
      type="email"
      label={reader.signupAddress}
      value={values.address}
      autocomplete="email"
      maxlength={LONGEST_ADDRESS}
      required
      {...(error !== undefined && { error })}
    />
  );
};

interface BusyNoticeProps {
  readonly view: PageView;
  readonly trouble: Extract<SignupTrouble, { kind: 'busy' }>;
}

const BusyNotice = ({ trouble, view }: BusyNoticeProps) => {
  const { reader } = view.words;
  const minutes = Math.ceil(trouble.retryAfterMs / MINUTE_MS);
  return (
    <Notice kind="problem" title={reader.busyTitle}>
      <p>{minutes <= 1 ? reader.busyOne : filledIn(reader.busyMany, { minutes })}</p>
    </Notice>
  );
};

const isWrong = (trouble: SignupTrouble | undefined, field: 'address' | 'name' | 'pace'): boolean =>
  trouble?.kind === 'wrong' && trouble.field === field;
