import { formatEvery } from '../../domain/every.ts';
import { filledIn } from '../../domain/filled-in.ts';
import { LOCALES } from '../../domain/locale.ts';
import type { Reading } from '../../domain/reading.ts';
import { ButtonForm } from '../pages/button-form.tsx';
import { Field } from '../pages/field.tsx';
import { languageName } from '../pages/language-name.ts';
import type { PageView } from '../pages/page-view.ts';
import { paceOptions } from './pace-options.ts';

interface SectionProps {
  readonly reading: Reading;
  readonly view: PageView;
  /** Of the reader's own page. */
  readonly path: string;
}

/** One's own time between issues, where the writer offers a choice. */
export const PaceSection = ({ reading, view, path, isWrong }: SectionProps & { isWrong: boolean }) => {
  const { reader } = view.words;
  const { about, every, pace } = reading;
  if (about.paces.length === 0) return null;
  return (
    <section>
      <h2>{reader.paceTitle}</h2>
      <ButtonForm action={`${path}/pace${view.asked}`} label={reader.paceButton} kind="plain">
        <Field
          name="pace"
          label={reader.paceText}
          value={pace === undefined ? '' : formatEvery(pace)}
          options={paceOptions(every, about.paces, view)}
          {...(isWrong && { error: reader.errorPace })}
        />
      </ButtonForm>
    </section>
  );
};

/** Beginning again at an issue that lies behind. */
export const AgainSection = ({ reading, view, path, isWrong }: SectionProps & { isWrong: boolean }) => {
  const { reader } = view.words;
  const behind = reading.issues.filter(
    ({ state, isReleased }) => isReleased && (state === 'had' || state === 'missed'),
  );
  if (behind.length === 0) return null;
  return (
    <section>
      <h2>{reader.againTitle}</h2>
      <ButtonForm action={`${path}/again${view.asked}`} label={reader.againButton} kind="plain">
        <Field
          name="issue"
          label={reader.againIssue}
          hint={reader.againText}
          options={behind.map(({ id, number, title }) => ({
            value: id,
            label: filledIn(reader.againChoice, { n: number, title }),
          }))}
          {...(isWrong && { error: reader.errorIssue })}
        />
      </ButtonForm>
    </section>
  );
};

interface ProfileProps extends SectionProps {
  readonly wrong: 'name' | 'language' | undefined;
  /** As typed, when it cannot be a name. */
  readonly wrongName: string;
}

/** What a reader is called, and spoken to in. */
export const ProfileSection = ({ reading, view, path, wrong, wrongName }: ProfileProps) => {
  const { reader } = view.words;
  return (
    <section>
      <h2>{reader.profileTitle}</h2>
      <ButtonForm action={`${path}/profile${view.asked}`} label={reader.profileButton} kind="plain">
        <Field
          name="name"
          label={reader.profileName}
          hint={reader.profileNameHint}
          value={wrong === 'name' ? wrongName : reading.name}
          autocomplete="name"
          {...(wrong === 'name' && { error: reader.errorName })}
        />
        <Field
          name="language"
          label={reader.profileLanguage}
          value={reading.language ?? ''}
          options={[
            { value: '', label: reader.dataLanguageOfSeries },
            ...LOCALES.map((locale) => ({ value: locale, label: languageName(locale, locale) })),
          ]}
          {...(wrong === 'language' && { error: reader.errorLanguage })}
        />
      </ButtonForm>
    </section>
  );
};

/** The way to one's data: not from here, since the link may have been passed on. */
export const DataSection = ({ view, path }: Omit<SectionProps, 'reading'>) => {
  const { reader } = view.words;
  return (
    <section>
      <h2>{reader.dataTitle}</h2>
      <p>{reader.dataText}</p>
      <ButtonForm action={`${path}/data${view.asked}`} label={reader.dataButton} kind="plain" />
    </section>
  );
};
