import type { PreviewedIssue } from '../../domain/preview.ts';
import { ProblemCount } from './issue-list.tsx';
import { issuePath, SCHEMES, TABS, WIDTHS, withView, type PreviewView } from './preview-view.ts';

interface BarProps {
  readonly previewed: PreviewedIssue;
  readonly view: PreviewView;
}

const NAMES = {
  mail: 'Mail',
  text: 'Text',
  headers: 'Headers',
  problems: 'Problems',
  phone: 'Phone',
  desktop: 'Desktop',
  light: 'Light',
  dark: 'Dark',
} as const;

/** What of the issue is shown, and how. `data-key` is what to press for a link. */
export const IssueBar = ({ previewed, view }: BarProps) => {
  const { series, issue } = previewed;
  const to = (change: Partial<PreviewView>) =>
    withView(issuePath(series.id, issue.id), { ...view, ...change });
  const choice = (chosen: boolean, change: Partial<PreviewView>, name: keyof typeof NAMES, key?: string) => (
    <a href={to(change)} aria-current={chosen ? 'true' : undefined} data-key={key}>
      {NAMES[name]}
      {name === 'problems' && <ProblemCount problems={previewed.problems} />}
    </a>
  );
  return (
    <>
      <nav class="choice" aria-label="Part of the message">
        {TABS.map((tab, index) => choice(view.tab === tab, { tab }, tab, String(index + 1)))}
      </nav>
      {view.tab === 'mail' && (
        <div class="screens">
          <nav class="choice" aria-label="Screen">
            {WIDTHS.map((width) => choice(view.width === width, { width }, width, width.charAt(0)))}
          </nav>
          <nav class="choice" aria-label="Colour scheme">
            {SCHEMES.map((scheme) =>
              choice(view.scheme === scheme, { scheme }, scheme, view.scheme === scheme ? undefined : 'l'),
            )}
          </nav>
        </div>
      )}
      <Neighbours previewed={previewed} view={view} />
    </>
  );
};

const Neighbours = ({ previewed: { series, issue }, view }: BarProps) => {
  const at = (number: number) => series.issues.find((one) => one.number === number);
  const link = (neighbour: typeof issue | undefined, words: string, rel: string, keys: string) =>
    neighbour === undefined ? (
      <span aria-hidden="true">{words}</span>
    ) : (
      <a
        href={withView(issuePath(series.id, neighbour.id), view)}
        rel={rel}
        data-key={keys}
        title={neighbour.title}
      >
        {words}
      </a>
    );
  return (
    <nav class="neighbours" aria-label="Neighbours">
      {link(at(issue.number - 1), 'Previous', 'prev', 'k ArrowLeft')}
      {link(at(issue.number + 1), 'Next', 'next', 'j ArrowRight')}
    </nav>
  );
};
