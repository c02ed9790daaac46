import type { Problem } from '../domain/problem.ts';

/** What is wrong with one place of a file, before it is known which file. */
export interface Fault {
  /** 1-based line of the file. */
  readonly line: number;
  readonly message: string;
  readonly fix?: string;
}

/** Collects what is wrong with one file. */
export class Complaints {
  readonly file: string;
  readonly problems: Problem[] = [];

  constructor(file: string) {
    this.file = file;
  }

  error(line: number | undefined, message: string, fix?: string): void {
    this.add('error', line, message, fix);
  }

  warn(line: number | undefined, message: string, fix?: string): void {
    this.add('warning', line, message, fix);
  }

  private add(severity: Problem['severity'], line?: number, message = '', fix?: string): void {
    this.problems.push({
      severity,
      file: this.file,
      ...(line === undefined ? {} : { line }),
      message,
      ...(fix === undefined ? {} : { fix }),
    });
  }
}
