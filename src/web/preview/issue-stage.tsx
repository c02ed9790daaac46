import type { PreviewedIssue } from '../../domain/preview.ts';
import { ProblemList } from './problem-list.tsx';
import type { PreviewView } from './preview-view.ts';

/** A header field, as a mail program shows it and as it is sent. */
export interface ShownField {
  readonly name: string;
  readonly value: string;
  readonly lines: readonly string[];
}

interface StageProps {
  readonly previewed: PreviewedIssue;
  readonly view: PreviewView;
  readonly fields: readonly ShownField[];
  /** Where the mail's HTML is, as it is to be shown. */
  readonly mailAddress: string;
}

const FINE = 'Nothing to mend: the post and its mail are in order.';

/** The part of the issue that was chosen. */
export const IssueStage = ({ previewed, view, fields, mailAddress }: StageProps) => {
  const { mail, problems, series } = previewed;
  if (view.tab === 'problems') return <ProblemList problems={problems} fine={FINE} />;
  if (mail === undefined) return <NoMail previewed={previewed} />;
  if (view.tab === 'text')
    return (
      <pre class="text" lang={series.language} tabindex={0}>
        {mail.text}
      </pre>
    );
  if (view.tab === 'headers') return <Fields fields={fields} bytes={mail.message.length} />;
  // No scripts, forms, popups: `allow-same-origin` lets our own script see how tall the mail is, and nothing else.
  return (
    <iframe
      class={`mail ${view.width} ${view.scheme}`}
      src={mailAddress}
      sandbox="allow-same-origin"
      title={`The mail on a ${view.width} screen, ${view.scheme}`}
    />
  );
};

const NoMail = ({ previewed }: Pick<StageProps, 'previewed'>) => (
  <>
    <p class="fine">There is no mail to show until the errors are mended.</p>
    <ProblemList problems={previewed.problems} fine={FINE} />
  </>
);

const Fields = ({ fields, bytes }: { fields: readonly ShownField[]; bytes: number }) => (
  <table class="fields">
    <caption>
      As {'reader@example.com'} would get it, {(bytes / 1_000).toFixed(1)} kB in all.
    </caption>
    <thead>
      <tr>
        <th scope="col">Field</th>
        <th scope="col">Says</th>
        <th scope="col">As sent</th>
      </tr>
    </thead>
    <tbody>
      {fields.map(({ name, value, lines }) => (
        <tr>
          <th scope="row">{name}</th>
          <td dir="auto">{value}</td>
          <td>
            <pre>{lines.join('\n')}</pre>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
