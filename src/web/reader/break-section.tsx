import type { WebWords } from '../../compose/web-words.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Reading } from '../../domain/reading.ts';
import { ButtonForm } from '../pages/button-form.tsx';
import { Field } from '../pages/field.tsx';
import type { PageView } from '../pages/page-view.ts';
import { breakDays, BREAKS } from './break-end.ts';

interface BreakSectionProps {
  readonly reading: Reading;
  readonly now: Instant;
  readonly view: PageView;
  /** Of the reader's own page. */
  readonly path: string;
  /** The day as typed, when it cannot be one. */
  readonly wrongDay?: string;
}

const NAMES = { week: 'pauseWeek', month: 'pauseMonth', quarter: 'pauseQuarter' } as const satisfies Record<
  (typeof BREAKS)[number],
  keyof WebWords['reader']
>;

/** A break for as long as one likes. */
export const BreakSection = ({ reading, now, view, path, wrongDay }: BreakSectionProps) => {
  const { reader } = view.words;
  const action = `${path}/pause${view.asked}`;
  return (
    <section id="break">
      <h2>{reader.pauseTitle}</h2>
      <p>{reader.pauseText}</p>
      <form method="post" action={action} class="button-form">
        <fieldset class="buttons">
          <legend>{reader.pausePause}</legend>
          {BREAKS.map((length) => (
            <button type="submit" name="for" value={length} class="button button-plain">
              {reader[NAMES[length]]}
            </button>
          ))}
        </fieldset>
      </form>
      <ButtonForm action={action} label={reader.pauseDateButton} kind="plain">
        <Field
          name="until"
          type="date"
          label={reader.pauseDate}
          hint={reader.pauseDateHint}
          required
          {...breakDays(now, reading.timezone)}
          {...(wrongDay !== undefined && { value: wrongDay, error: reader.errorDate })}
        />
      </ButtonForm>
    </section>
  );
};
