import type { App } from '../../app.ts';
import { plainJson } from '../plain-json.ts';
import { exitCodeOf, untilStopped } from '../signals.ts';
import type { Terminal } from '../terminal.ts';
import { changesBetween } from './changes-between.ts';
import { Observer, type Watching } from './observe.ts';
import type { Sight } from './sight.ts';
import { sightJson } from './sight-json.ts';

/** Watches where there is no screen: a line for each change, or with `json` an object a line for each reading. Returns the exit code. */
export async function watchLines(
  terminal: Terminal,
  app: App,
  { json, ...watching }: Omit<Watching, 'until'> & { readonly json: boolean },
): Promise<number> {
  const ending = new AbortController();
  const stopped = untilStopped((signal) => terminal.endAtOnce(exitCodeOf(signal)));
  void stopped.then(() => ending.abort());
  let before: Sight | undefined;
  for await (const sight of new Observer(app, { ...watching, until: ending.signal }).sights()) {
    const isOldNews = before?.away !== undefined && sight.away !== undefined;
    if (!isOldNews) {
      const lines = json ? [plainJson(sightJson(sight), { isDense: true })] : changesBetween(before, sight);
      for (const line of lines) terminal.print(line);
    }
    before = sight;
  }
  return exitCodeOf(await stopped);
}
