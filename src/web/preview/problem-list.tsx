import { isError, type Problem } from '../../domain/problem.ts';

/** Problems file by file, the worst first; a kind word when there are none. */
export const ProblemList = ({ problems, fine }: { problems: readonly Problem[]; fine: string }) =>
  problems.length === 0 ? (
    <p class="fine">{fine}</p>
  ) : (
    <div class="problems">
      {byFile(problems).map(([file, ofFile], _, files) => (
        <section>
          {files.length > 1 && <h2>{file}</h2>}
          <ul>
            {ofFile.map((problem) => (
              <ProblemLine problem={problem} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );

const ProblemLine = ({ problem: { severity, file, line, rule, message, fix } }: { problem: Problem }) => (
  <li class={severity}>
    <p class="where">
      <span class="severity">{severity === 'error' ? 'Error' : 'Warning'}</span>
      <code>{line === undefined ? file : `${file}:${line}`}</code>
      {rule !== undefined && <span class="rule">{rule}</span>}
    </p>
    <p class="message">{message}</p>
    {fix !== undefined && <p class="fix">{fix}</p>}
  </li>
);

function byFile(problems: readonly Problem[]): [string, Problem[]][] {
  const files = new Map<string, Problem[]>();
  for (const problem of problems.toSorted(worstFirst)) {
    files.set(problem.file, [...(files.get(problem.file) ?? []), problem]);
  }
  return [...files];
}

const worstFirst = (a: Problem, b: Problem): number =>
  Number(isError(b)) - Number(isError(a)) || (a.line ?? 0) - (b.line ?? 0);
