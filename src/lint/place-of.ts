import type { Issue, IssueField } from '../domain/issue.ts';
import type { Problem } from '../domain/problem.ts';
import type { LintContext } from './lint-context.ts';
import type { Finding } from './rule.ts';

type Place = Pick<Problem, 'file' | 'line'>;

/** Fields that a mail shows in place of one that is not written. */
const INSTEAD: Readonly<Partial<Record<IssueField, IssueField>>> = {
  subject: 'title',
  preheader: 'description',
};

/** Where a finding is mended: the line of the post that has it, else the writer's own template, else the post as a whole. */
export function placeOf({ at = 'body', seek = [] }: Finding, context: LintContext): Place {
  const { issue, series, ownTemplates } = context;
  if (at === 'settings') return { file: 'partwork.yaml' };
  if (at === 'series') return { file: series.file };
  if (at === 'template') return { file: ownTemplates.html ?? ownTemplates.text ?? series.file };
  if (at !== 'body') return inFile(issue.file, issue.lines[at] ?? issue.lines[INSTEAD[at] ?? at]);

  const line = lineInBody(issue, seek) ?? lineOfField(issue, seek);
  const isElsewhere = line === undefined && seek.length > 0;
  return isElsewhere ? { file: ownTemplates.html ?? issue.file } : inFile(issue.file, line);
}

const inFile = (file: string, line: number | undefined): Place =>
  line === undefined ? { file } : { file, line };

function lineInBody({ body, bodyLine }: Issue, seek: readonly string[]): number | undefined {
  for (const text of seek) {
    const at = text === '' ? -1 : body.indexOf(text);
    if (at >= 0) return bodyLine + body.slice(0, at).split('\n').length - 1;
  }
  return undefined;
}

/** The front matter's texts are shown as well. */
function lineOfField(issue: Issue, seek: readonly string[]): number | undefined {
  const { title, subject, preheader, description, image, source, lines } = issue;
  const texts: readonly (readonly [IssueField, string])[] = [
    ['subject', subject],
    ['title', title],
    ['preheader', preheader],
    ['description', description],
    ['image', `${image?.url ?? ''} ${image?.alt ?? ''}`],
    ['source', `${source?.url ?? ''} ${source?.name ?? ''}`],
  ];
  const isSought = (text: string): boolean => seek.some((wanted) => wanted !== '' && text.includes(wanted));
  const found = texts.find(([field, text]) => lines[field] !== undefined && isSought(text));
  return found === undefined ? undefined : lines[found[0]];
}
