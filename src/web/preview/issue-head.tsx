import type { PreviewedIssue } from '../../domain/preview.ts';
import { inboxWords } from './inbox-words.ts';

/** Mail programs hide what comes after this many bytes of decoded HTML. */
const CLIPPED_AT = 102_000;
const LARGE = 90_000;
const KILOBYTE = 1_000;

/** Which issue this is, how it looks in a list of mails, and how large it is. */
export const IssueHead = ({ series, issue, mail }: PreviewedIssue) => (
  <>
    <div class="which">
      <h1 lang={series.language}>{issue.title || issue.id}</h1>
      <p class="quiet">
        {series.title}, {issue.number} of {series.issues.length}
      </p>
      <p class="quiet">
        <code>{issue.file}</code>
      </p>
      {mail !== undefined && <Size bytes={Buffer.byteLength(mail.html)} />}
    </div>
    <InboxLine
      series={series}
      issue={issue}
      words={mail === undefined ? issue.preheader : inboxWords(mail.html)}
    />
  </>
);

const InboxLine = ({
  series,
  issue,
  words,
}: Pick<PreviewedIssue, 'series' | 'issue'> & { words: string }) => (
  <figure class="inbox" lang={series.language}>
    <figcaption lang="en" class="unseeable">
      In a list of mails
    </figcaption>
    <p class="sender">
      <bdi>{series.from.name || series.from.address}</bdi>
      <span class="when" lang="en">
        now
      </span>
    </p>
    <p class="subject" dir="auto">
      {issue.subject}
    </p>
    <p class="preheader" dir="auto">
      {words === '' ? <em lang="en">Nothing beside the subject.</em> : words}
    </p>
  </figure>
);

const Size = ({ bytes }: { bytes: number }) => {
  const part = Math.min(1, bytes / CLIPPED_AT);
  return (
    <p class={bytes > LARGE ? 'size large' : 'size'}>
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect class="all" width="100" height="4" />
        <rect class="used" width={Math.max(1, part * 100).toFixed(1)} height="4" />
      </svg>
      <span>HTML {(bytes / KILOBYTE).toFixed(1)} of 102 kB</span>
    </p>
  );
};
