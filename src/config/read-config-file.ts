import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type * as Yaml from 'yaml';
import type { Problem } from '../domain/problem.ts';
import { SETTINGS, type Setting } from './settings.ts';

/** A value and where it was found, so that a complaint can name the place. */
export interface Found {
  readonly value: string;
  readonly file: string;
  readonly line?: number;
  /** Relative paths start here. */
  readonly folder: string;
}

export const CONFIG_FILE = 'partwork.yaml';

const require = createRequire(import.meta.url);

/** The settings in a file, by their names in it; none where there is no file. */
export function readConfigFile(file: string, problems: Problem[]): Map<string, Found> {
  const found = new Map<string, Found>();
  if (!existsSync(file)) return found;
  // Most of the time that a short command takes goes into loading what it does not need.
  const yaml = require('yaml') as typeof Yaml;
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, schema: 'core' });
  for (const { message, pos } of document.errors) {
    problems.push({
      severity: 'error',
      file: CONFIG_FILE,
      line: lines.linePos(pos[0]).line,
      message: message.split('\n', 1)[0] ?? '',
    });
  }
  if (!yaml.isMap(document.contents)) return found;

  const names = new Set(Object.values(SETTINGS).map(nameInFile));
  for (const { key, value } of document.contents.items) {
    const written = textOf(yaml, value);
    if (!yaml.isScalar(key) || written === undefined) continue;
    const name = String(key.value);
    const line = lines.linePos(key.range?.[0] ?? 0).line;
    if (names.has(name)) found.set(name, { value: written, file: CONFIG_FILE, line, folder: dirname(file) });
    else problems.push(unknownKey(name, line));
  }
  return found;
}

/** A list is read as if commas stood in it. */
function textOf({ isScalar, isSeq }: typeof Yaml, node: unknown): string | undefined {
  if (isScalar(node)) return String(node.value);
  if (!isSeq(node)) return undefined;
  return node.items.map((item) => (isScalar(item) ? String(item.value) : '')).join(',');
}

/** `PARTWORK_POSTAL_ADDRESS` is `postal_address` in the file. */
export const nameInFile = ({ name }: Setting): string => name.replace(/^PARTWORK_/, '').toLowerCase();

const unknownKey = (name: string, line: number): Problem => ({
  severity: 'error',
  file: CONFIG_FILE,
  line,
  message: `"${name}" is not a setting.`,
  fix: `The settings are ${Object.values(SETTINGS).map(nameInFile).join(', ')}.`,
});
