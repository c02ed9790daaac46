import type { PreviewedIssue, PreviewOverview } from '../../domain/preview.ts';
import { IssueBar } from './issue-bar.tsx';
import { IssueHead } from './issue-head.tsx';
import { IssueStage, type ShownField } from './issue-stage.tsx';
import { PreviewPage } from './preview-page.tsx';
import type { PreviewView } from './preview-view.ts';

interface IssuePageProps {
  readonly overview: PreviewOverview;
  readonly view: PreviewView;
  readonly previewed: PreviewedIssue;
  readonly fields: readonly ShownField[];
  readonly mailAddress: string;
}

/** One issue as readers will get it. */
export const IssuePage = ({ overview, view, previewed, fields, mailAddress }: IssuePageProps) => {
  const { series, issue } = previewed;
  return (
    <PreviewPage
      title={issue.title || issue.id}
      overview={overview}
      view={view}
      chosen={{ series: series.id, issue: issue.id }}
      head={<IssueHead {...previewed} />}
      bar={<IssueBar previewed={previewed} view={view} />}
      stage={<IssueStage previewed={previewed} view={view} fields={fields} mailAddress={mailAddress} />}
    />
  );
};
