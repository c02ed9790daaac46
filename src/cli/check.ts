import { checkContent } from '../actions/check-content.ts';
import { isError, type Problem } from '../domain/problem.ts';
import { EXIT } from '../domain/refusal.ts';
import {
  composingOn,
  isStopped,
  sayProblems,
  sayUnknownSeries,
  type Strictness,
} from './content-problems.ts';
import { count } from './count.ts';
import type { Terminal } from './terminal.ts';
import { withStudio } from './with-app.ts';

/** `partwork check [series]`: every problem of the content and of the mails it makes, with file and line, in one go. */
export function check(
  terminal: Terminal,
  name: string | undefined,
  { json = false, strict = false }: Strictness & { json?: boolean },
): Promise<number> {
  return withStudio(terminal, async (studio) => {
    const checked = await checkContent(studio, name, composingOn(terminal));
    if (checked === undefined) {
      await sayUnknownSeries(terminal, studio, name ?? '');
      return EXIT.content;
    }
    const { composed, unusable, problems, leftOut } = checked;
    if (json) {
      const series = composed.map(({ series: { id, title, issues } }) => ({
        series: id,
        title,
        issues: issues.map(({ id, number, title, file }) => ({ id, number, title, file })),
      }));
      terminal.print(JSON.stringify({ series, problems, leftOut }, null, 2));
    } else {
      const lines = sayProblems(terminal, problems);
      for (const line of leftOut) terminal.say(line);
      for (const { series } of composed) {
        terminal.print(`${series.id}: "${series.title}", ${count(series.issues.length, 'issue')}`);
      }
      for (const { id, errors } of unusable) {
        const those = errors === 1 ? 'its 1 error is' : `its ${errors} errors are`;
        terminal.print(`${id}: cannot be used until ${those} mended`);
      }
      terminal.say(totals(problems, lines, strict));
    }
    return isStopped(problems, strict) ? EXIT.content : EXIT.ok;
  });
}

function totals(problems: readonly Problem[], lines: number, strict: boolean): string {
  const errors = problems.filter(isError).length;
  const warnings = problems.length - errors;
  const counted = strict && warnings > 0 ? ', which --strict counts as errors' : '';
  const gathered = lines < problems.length ? ` (in ${count(lines, 'line')})` : '';
  return `${count(errors, 'error')}, ${count(warnings, 'warning')}${gathered}${counted}.`;
}
