import { CST, Lexer } from 'yaml';
import { DEEPEST, tooDeep, tooMuch } from './check-head-limits.ts';
import type { Fault } from './complaints.ts';

const MOST_TOKENS = 20_000;
const REFUSED = {
  alias: 'an alias (`*name`)',
  anchor: 'an anchor (`&name`)',
  tag: 'a tag (`!name`)',
  'directive-line': 'a directive (`%…`)',
};

/**
 * What forbids parsing this YAML at all. It is asked before anything is composed, by a lexer that does not recurse: a composer
 * that runs out of stack on a deep document can take the whole process with it, past any `catch`. `yaml` must have passed
 * `checkHeadLimits`.
 */
export function checkYamlLimits(yaml: string): Fault | undefined {
  const nesting = new Nesting();
  let line = 1;
  let tokens = 0;
  for (const token of new Lexer().lex(yaml)) {
    const type = CST.tokenType(token);
    if (type !== null && type in REFUSED) return refused(line, REFUSED[type as keyof typeof REFUSED]);

    if (nesting.depthAfter(token, type) > DEEPEST) return tooDeep(line);
    if (++tokens > MOST_TOKENS) return tooMuch(`has over ${MOST_TOKENS} words and signs`);
    line += token.split('\n').length - 1;
  }
  return undefined;
}

/** How deep collections are nested: open brackets, and columns at which a block begins. */
class Nesting {
  private readonly blocks: number[] = [];
  private brackets = 0;
  private column = 0;
  private afterNode = false;

  depthAfter(token: string, type: ReturnType<typeof CST.tokenType>): number {
    if (type === 'flow-map-start' || type === 'flow-seq-start') this.brackets++;
    else if (type === 'flow-map-end' || type === 'flow-seq-end')
      this.brackets = Math.max(0, this.brackets - 1);
    else if (type === 'flow-error-end') this.brackets = 0;
    else if (this.brackets === 0) this.enterBlock(type);
    this.move(token, type);
    return this.brackets + this.blocks.length;
  }

  private enterBlock(type: ReturnType<typeof CST.tokenType>): void {
    const isIndicator = type === 'seq-item-ind' || type === 'explicit-key-ind' || type === 'map-value-ind';
    const isKey = type === 'scalar' || type === 'single-quoted-scalar' || type === 'double-quoted-scalar';
    if (!isKey && !(isIndicator && !this.afterNode)) return;

    // The items of a list may stand in the same column as the key above them, and are still inside it.
    const start = type === 'seq-item-ind' ? this.column + 0.5 : this.column;
    while ((this.blocks.at(-1) ?? -1) >= start) this.blocks.pop();
    this.blocks.push(start);
    this.afterNode = isKey;
  }

  private move(token: string, type: ReturnType<typeof CST.tokenType>): void {
    if (type === 'scalar' || type === 'doc-mode' || type === 'flow-error-end') return;
    const newline = token.lastIndexOf('\n');
    this.column = newline < 0 ? this.column + token.length : token.length - newline - 1;
    if (newline >= 0 || type === 'map-value-ind') this.afterNode = false;
  }
}

const refused = (line: number, what: string): Fault => ({
  line,
  message: `The front matter has ${what}, which is not read here.`,
  fix: 'Write the value out, or put it in quotes when it is meant as text.',
});
