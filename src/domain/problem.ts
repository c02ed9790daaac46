/** Something wrong with what the writer gave us, told so that it can be mended without asking us. */
export interface Problem {
  /** An error stops a schedule; a warning is worth knowing. */
  readonly severity: 'error' | 'warning';
  /** Path as the writer knows it, relative to the folder the command runs in where possible. */
  readonly file: string;
  /** 1-based line in that file, where one is known. */
  readonly line?: number;
  /** A stable name for the rule it breaks, for scripts: `alt-text`, `template-syntax`. */
  readonly rule?: string;
  /** What is wrong and what was expected, one sentence. */
  readonly message: string;
  /** What to do about it, one sentence. */
  readonly fix?: string;
}

export const isError = (problem: Problem): boolean => problem.severity === 'error';

/** One problem as one line: `content/garden/03-frost.md:4: error: … Fix: …`. */
export const formatProblem = (problem: Problem): string => oneLine(problem.severity, problem);

/** The same where it stops nothing: `content/blog/late.md:3: note: …`. */
export const formatNote = (problem: Problem): string => oneLine('note', problem);

function oneLine(kind: string, { file, line, message, fix }: Problem): string {
  const where = line === undefined ? file : `${file}:${line}`;
  return `${where}: ${kind}: ${message}${fix === undefined ? '' : ` ${fix}`}`;
}

/** A post in two series has its problems twice. */
export const toldOnce = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [formatProblem(problem), problem])).values(),
];
