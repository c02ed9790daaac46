import matter from 'gray-matter';
import type { Problem } from '../domain/problem.ts';
import { checkHeadLimits } from './check-head-limits.ts';
import { checkYamlLimits } from './check-yaml-limits.ts';
import type { Fault } from './complaints.ts';
import { NO_FRONT_MATTER, type FrontMatter, type ReadHead } from './front-matter-value.ts';
import { readJson } from './json/read-json.ts';
import { readYaml } from './read-yaml.ts';
import { splitFrontMatter, type HeadFormat, type SplitFile } from './split-front-matter.ts';
import { readToml } from './toml/read-toml.ts';

export interface ParsedFile {
  readonly data: FrontMatter;
  /** The Markdown, byte for byte. */
  readonly body: string;
  /** 1-based line of the file on which the body begins. */
  readonly bodyLine: number;
}

// gray-matter's own engines for these evaluate or trust the text; the fence check above them lets none be named.
const refuse = (): never => {
  throw new Error('gray-matter is given YAML only.');
};
const ENGINES = {
  // It cuts before the last line feed, and of `\r\n` leaves the half that is no line end in YAML.
  yaml: (yaml: string): object => readYaml(`${yaml}\n`),
  js: refuse,
  javascript: refuse,
  json: refuse,
  coffee: refuse,
  toml: refuse,
};
const READERS: Readonly<Record<HeadFormat, (split: SplitFile) => ReadHead>> = {
  yaml: readYamlHead,
  toml: ({ source }) => readToml(source),
  json: ({ source }) => readJson(source),
};

/**
 * Front matter and body of one Markdown file, or everything that is wrong with its front matter: YAML, TOML and JSON come to the same
 * values. `file` is only for the problems. Pure: the same text gives the same answer every time (gray-matter's cache, which does not,
 * is bypassed by passing options).
 */
export function parseFrontMatter(text: string, file: string): ParsedFile | Problem[] {
  const split = splitFrontMatter(text);
  if (!('body' in split)) return [asProblem(split, file)];
  const { format, source, body, bodyLine } = split;
  if (format === undefined) return { data: NO_FRONT_MATTER, body, bodyLine };

  const limit = checkHeadLimits(source);
  if (limit !== undefined) return [asProblem(limit, file)];

  const { data, faults } = READERS[format](split);
  return faults.length > 0 ? faults.map((fault) => asProblem(fault, file)) : { data, body, bodyLine };
}

function readYamlHead({ head, source }: SplitFile): ReadHead {
  const limit = checkYamlLimits(source);
  if (limit !== undefined) return { data: NO_FRONT_MATTER, faults: [limit] };

  const { data } = matter(head, { engines: ENGINES, language: 'yaml' });
  // A head with nothing but comments never reaches the engine.
  return 'faults' in data ? (data as ReadHead) : { data: NO_FRONT_MATTER, faults: [] };
}

const asProblem = ({ line, message, fix }: Fault, file: string): Problem => ({
  severity: 'error',
  file,
  line,
  rule: 'front-matter',
  message,
  ...(fix === undefined ? {} : { fix }),
});
