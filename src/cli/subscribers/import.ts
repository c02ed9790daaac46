import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { importSubscribers, type ImportReport } from '../../actions/import-subscribers.ts';
import { EXIT } from '../../domain/refusal.ts';
import { count } from '../count.ts';
import { plainJson } from '../plain-json.ts';
import { plainText } from '../plain-text.ts';
import type { Terminal } from '../terminal.ts';
import { withApp } from '../with-app.ts';
import { NEEDS_CONSENT } from './add.ts';
import { knownSeries } from './known-series.ts';

interface ImportFlags {
  readonly series: string;
  readonly confirmed?: boolean;
  readonly json?: boolean;
}

/** Lines told one by one; the rest only counted, unless `--json` asks for all. */
const MOST_TOLD = 50;
/** Bytes read at once: a few milliseconds of work, between which the ledger is answered. */
const PIECE = 16_384;

/** `partwork subscribers import <file.csv> --series S --confirmed`: good rows are kept, bad ones told with their line. */
export async function importFile(
  terminal: Terminal,
  file: string,
  { series: name, confirmed = false, json = false }: ImportFlags,
): Promise<number> {
  if (!confirmed) {
    terminal.say(NEEDS_CONSENT);
    return EXIT.usage;
  }
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true) {
    terminal.say(
      found === undefined ? `There is no file ${file}.` : `${file} is not a file; name a CSV file.`,
    );
    return EXIT.usage;
  }
  return withApp(terminal, async (app) => {
    const series = await knownSeries(terminal, app, name);
    if (series === undefined) return EXIT.content;
    let bytesRead = 0;
    async function* bytes(): AsyncGenerator<Buffer> {
      for await (const chunk of createReadStream(file, { highWaterMark: PIECE })) {
        bytesRead += (chunk as Buffer).length;
        yield chunk as Buffer;
      }
    }
    const report = await importSubscribers(app, {
      series: series.id,
      rows: app.readSubscribers(bytes()),
      source: `import ${basename(file)}`,
      fingerprint: fingerprintOf(series.id, file, found.size, found.mtimeMs),
      placeNamed: series.placeNamed,
      ...(!json && { mostTold: MOST_TOLD }),
      onProgress: (rows) => terminal.progress(progressLine(bytesRead / Math.max(1, found.size), rows)),
    });
    if (json) terminal.print(plainJson(report));
    else tell(terminal, file, report);
    return report.leftOut.some(({ kind }) => kind === 'unreadable') ? EXIT.content : EXIT.ok;
  });
}

// The same file, unchanged, into the same series: that is what an import that was cut off goes on with.
const fingerprintOf = (...parts: (string | number)[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);

const BAR = 24;

function progressLine(fraction: number, rows: number): string {
  const filled = Math.round(fraction * BAR);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${Math.round(fraction * 100)} %  ${count(rows, 'row')}`;
}

function tell(terminal: Terminal, file: string, report: ImportReport): void {
  const { added, known, rejoined, left, suppressed, leftOut, untold, resumedAt } = report;
  for (const { line, reason } of leftOut) terminal.say(`${file}:${line}: ${plainText(reason)}`);
  if (untold > 0) terminal.say(`… and ${untold} more; --json lists them all.`);
  if (resumedAt > 0) terminal.say(`Went on after row ${resumedAt}, where an earlier run was cut off.`);
  const parts = [
    `${added} added`,
    `${known} ${known === 1 ? 'was' : 'were'} in already`,
    ...(rejoined > 0 ? [`${rejoined} came back`] : []),
    ...(left > 0 ? [`${left} have unsubscribed and stay out`] : []),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    `${count(leftOut.length + untold, 'line')} left out`,
  ];
  terminal.say(`${parts.join(', ')}.`);
}
