import matter from 'gray-matter';
import type { Problem } from '../domain/problem.ts';
import { checkYamlLimits } from './check-yaml-limits.ts';
import type { Fault } from './complaints.ts';
import { NO_FRONT_MATTER, type FrontMatter } from './front-matter-value.ts';
import { readYaml, type ReadYaml } from './read-yaml.ts';
import { splitFrontMatter } from './split-front-matter.ts';

export interface ParsedFile {
  readonly data: FrontMatter;
  /** The Markdown, byte for byte. */
  readonly body: string;
  /** 1-based line of the file on which the body begins. */
  readonly bodyLine: number;
}

// gray-matter's own engines for these evaluate or trust the text; the fence check above them lets none be named.
const refuse = (): never => {
  throw new Error('Front matter is YAML only.');
};
const ENGINES = {
  yaml: (yaml: string): object => readYaml(yaml),
  js: refuse,
  javascript: refuse,
  json: refuse,
  coffee: refuse,
  toml: refuse,
};

/**
 * Front matter and body of one Markdown file, or everything that is wrong with its front matter. `file` is only for the problems.
 * Pure: the same text gives the same answer every time (gray-matter's cache, which does not, is bypassed by passing options).
 */
export function parseFrontMatter(text: string, file: string): ParsedFile | Problem[] {
  const split = splitFrontMatter(text);
  if (!('body' in split)) return [asProblem(split, file)];
  const { head, yaml, body, bodyLine } = split;
  if (head === '') return { data: NO_FRONT_MATTER, body, bodyLine };

  const limit = checkYamlLimits(yaml);
  if (limit !== undefined) return [asProblem(limit, file)];

  const { data, faults } = parsed(head);
  return faults.length > 0 ? faults.map((fault) => asProblem(fault, file)) : { data, body, bodyLine };
}

function parsed(head: string): ReadYaml {
  const { data } = matter(head, { engines: ENGINES, language: 'yaml' });
  // A head with nothing but comments never reaches the engine.
  return 'faults' in data ? (data as ReadYaml) : { data: NO_FRONT_MATTER, faults: [] };
}

const asProblem = ({ line, message, fix }: Fault, file: string): Problem => ({
  severity: 'error',
  file,
  line,
  message,
  ...(fix === undefined ? {} : { fix }),
});
