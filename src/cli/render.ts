import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { composeIssue } from '../actions/compose-issue.ts';
import { escapeHtml } from '../domain/escape-html.ts';
import type { Issue } from '../domain/issue.ts';
import { EXIT } from '../domain/refusal.ts';
import { fillSlots } from '../domain/rendered-issue.ts';
import type { Series } from '../domain/series.ts';
import type { Studio } from '../app/studio.ts';
import { isStopped, sayProblems, seriesOrSaid } from './content-problems.ts';
import type { Terminal } from './terminal.ts';
import { withStudio } from './with-app.ts';

/**
 * `partwork render <series> <issue>`: writes issue.html, issue.txt and issue.eml as a sample reader would get them, also with
 * errors, to look at, as long as there is something to write.
 */
export function render(
  terminal: Terminal,
  name: string,
  wanted: string,
  { out }: { out?: string },
): Promise<number> {
  return withStudio(terminal, async (studio) => {
    const series = await seriesOrSaid(terminal, studio, name);
    if (series === undefined) return EXIT.content;
    const issue = findIssue(series, wanted);
    if (issue === undefined) {
      terminal.say(`Series "${name}" has no issue "${wanted}". It has:`);
      for (const { number, id } of series.issues) terminal.say(`  ${number}  ${id}`);
      return EXIT.content;
    }
    return writeFiles(terminal, studio, series, issue, out ?? '.');
  });
}

/** By id or by number. */
const findIssue = (series: Series, wanted: string): Issue | undefined =>
  series.issues.find(({ id }) => id === wanted) ??
  series.issues.find(({ number }) => String(number) === wanted);

async function writeFiles(
  terminal: Terminal,
  studio: Studio,
  series: Series,
  issue: Issue,
  folder: string,
): Promise<number> {
  const composer = await studio.composer();
  const { rendered, problems } = await composeIssue({ composer, lint: studio.lint }, series, issue);
  sayProblems(terminal, problems);
  if (rendered === undefined) return EXIT.content;

  const sample = await studio.sampleMessage(rendered);
  await mkdir(folder, { recursive: true });
  const files = {
    'issue.html': fillSlots(rendered.html, sample.slots, escapeHtml),
    'issue.txt': fillSlots(rendered.text, sample.slots),
    'issue.eml': sample.bytes,
  };
  for (const [file, content] of Object.entries(files)) {
    await writeFile(join(folder, file), content);
    terminal.print(join(folder, file));
  }
  return isStopped(problems, false) ? EXIT.content : EXIT.ok;
}
