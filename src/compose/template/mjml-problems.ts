import type { Problem } from '../../domain/problem.ts';
import type { MjmlFault } from './compile-mjml.ts';
import type { Templates } from './load-templates.ts';

/** Faults in filled-in MJML → problems that name the template's line they came from, as far as it can be recognized. */
export function mjmlProblems(
  faults: readonly MjmlFault[],
  mjml: string,
  templates: Templates,
  main: string,
): Problem[] {
  return faults.map(({ line, message }) => {
    const origin =
      line === undefined ? undefined : originOf(mjml.split('\n')[line - 1] ?? '', templates, main);
    return {
      severity: 'error',
      file: templates.get(origin?.name ?? main)?.shownPath ?? main,
      ...(origin === undefined ? {} : { line: origin.line }),
      message: `MJML refuses the template: ${message}.`,
      fix: 'Mend the template, or remove the file to use the one that ships with Partwork.',
    };
  });
}

function originOf(
  filled: string,
  templates: Templates,
  main: string,
): { name: string; line: number } | undefined {
  const wanted = filled.trim();
  if (wanted === '') return undefined;
  const names = [main, ...[...templates.keys()].filter((name) => name.endsWith('.liquid') && name !== main)];
  for (const name of names) {
    const lines = (templates.get(name)?.source ?? '').split('\n');
    const index = lines.findIndex((line) => couldBecome(line.trim(), wanted));
    if (index >= 0) return { name, line: index + 1 };
  }
  return undefined;
}

function couldBecome(written: string, filled: string): boolean {
  const fixedParts = written.split(/\{\{.*?\}\}|\{%.*?%\}/).filter((part) => part !== '');
  const [beginning = ''] = fixedParts;
  return (
    beginning.length > 3 && filled.startsWith(beginning) && fixedParts.every((part) => filled.includes(part))
  );
}
