import { filledIn } from '../../../domain/filled-in.ts';
import { MINUTE_MS, SECOND_MS } from '../../../domain/instant.ts';
import type { Locale } from '../../../domain/locale.ts';
import { Field } from '../../pages/field.tsx';
import type { PageView } from '../../pages/page-view.ts';
import { ADMIN_PATHS } from '../admin-paths.ts';
import { DoorFrame } from './door-frame.tsx';
import { Said } from './said.tsx';

export const SIGN_IN_FIELDS = { secret: 'secret', to: 'to' } as const;

export type SignInTrouble = { readonly kind: 'wrong' } | { readonly kind: 'later'; readonly waitMs: number };

interface SignInPageProps {
  readonly view: PageView;
  /** Where to go afterwards. */
  readonly to: string;
  readonly hasSecret: boolean;
  readonly trouble?: SignInTrouble;
}

export const SignInPage = ({ view, to, hasSecret, trouble }: SignInPageProps) => {
  const { admin } = view.words;
  return (
    <DoorFrame view={view} title={admin.signInTitle} lead={admin.signInLead}>
      {hasSecret ? (
        <>
          <form method="post" action={`${ADMIN_PATHS.signIn}${view.asked}`} class="button-form">
            <input type="hidden" name={SIGN_IN_FIELDS.to} value={to} />
            <Field
              name={SIGN_IN_FIELDS.secret}
              label={admin.secret}
              type="password"
              autocomplete="current-password"
              required
              {...(trouble !== undefined && { error: troubleText(view, trouble) })}
            />
            <button type="submit" class="button button-main">
              {admin.signIn}
            </button>
          </form>
          <p class="hint">
            <Said text={admin.forgotten} />
          </p>
        </>
      ) : (
        <p>
          <Said text={admin.noSecret} />
        </p>
      )}
    </DoorFrame>
  );
};

const troubleText = ({ locale, words }: PageView, trouble: SignInTrouble): string =>
  trouble.kind === 'wrong'
    ? words.admin.wrongSecret
    : filledIn(words.admin.later, { wait: waitText(trouble.waitMs, locale) });

/** `10 seconds`, `5 分鐘`: rounded up, so that nobody comes too early. */
function waitText(ms: number, locale: Locale): string {
  const [unit, unitMs] =
    ms <= MINUTE_MS ? (['second', SECOND_MS] as const) : (['minute', MINUTE_MS] as const);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.ceil(ms / unitMs),
  );
}
