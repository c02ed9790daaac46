import { CST, Lexer, type YAMLError } from 'yaml';
import type { Fault } from './complaints.ts';

const MOST_FAULTS = 5;
const EXPLAINED: Partial<Record<YAMLError['code'], readonly [string, string]>> = {
  BLOCK_AS_IMPLICIT_KEY: ['A value has a colon in it.', 'Put the value in quotes: `title: "Part 2: Frost"`.'],
  TAB_AS_INDENT: ['A line is indented with a tab.', 'Indent with spaces; YAML forbids tabs.'],
  BAD_INDENT: [
    'The indentation does not fit the lines above.',
    'Give keys of one level the same number of spaces.',
  ],
  BAD_SCALAR_START: [
    'A value begins with a character that means something in YAML.',
    'Put the value in quotes.',
  ],
  MULTIPLE_DOCS: ['There is a second YAML document in the front matter.', 'Remove the line with `...`.'],
  BAD_DQ_ESCAPE: [
    'A backslash in double quotes begins an unknown escape.',
    'Use single quotes, or write `\\\\` for a backslash.',
  ],
};

/** The parser's errors in a writer's words, the first on each line: those behind it are mostly its echoes. */
export function explainYamlErrors(
  errors: readonly YAMLError[],
  yaml: string,
  lineOf: (offset: number) => number,
): Fault[] {
  const byLine = new Map<number, Fault>();
  for (const error of errors) {
    const fault = isUnclosed(error) ? unclosedQuote(yaml) : explain(error, lineOf(error.pos[0]));
    if (!byLine.has(fault.line)) byLine.set(fault.line, fault);
  }
  return [...byLine.values()].toSorted((a, b) => a.line - b.line).slice(0, MOST_FAULTS);
}

const isUnclosed = ({ message }: YAMLError): boolean => message.startsWith('Missing closing');

/** An unclosed quote swallows the rest, so the parser complains at the end; the writer looks for the beginning. */
function unclosedQuote(yaml: string): Fault {
  let line = 1;
  let opened = 1;
  for (const token of new Lexer().lex(yaml)) {
    if (CST.tokenType(token)?.endsWith('quoted-scalar') === true) opened = line;
    line += token.split('\n').length - 1;
  }
  const message = 'A quotation mark is opened and never closed.';
  return { line: opened, message, fix: 'Close it at the end of the value.' };
}

function explain({ code, message }: YAMLError, line: number): Fault {
  const [plain, fix] = EXPLAINED[code] ?? [
    message.replace(/\.?$/, '.'),
    'Check the quotes, colons and indentation around it.',
  ];
  return { line, message: `The front matter is not valid YAML: ${plain}`, fix };
}
