import { eraseSubscriber } from '../../actions/erase-subscriber.ts';
import { leaveSeries } from '../../actions/leave-series.ts';
import { EXIT } from '../../domain/refusal.ts';
import type { SeriesId } from '../../domain/series.ts';
import type { Terminal } from '../terminal.ts';
import { withApp } from '../with-app.ts';
import { idOrSaid } from './id-or-said.ts';

/** `partwork subscribers remove <address> --series S`: ends the subscription; mail already queued is not sent. */
export function remove(terminal: Terminal, typed: string, { series }: { series: string }): Promise<number> {
  return withApp(terminal, async (app) => {
    const id = idOrSaid(terminal, app, typed);
    if (id === undefined) return EXIT.usage;
    const hasLeft = await leaveSeries(app, series as SeriesId, id, 'removed');
    terminal.say(hasLeft ? `${typed} no longer gets "${series}".` : `${typed} was not getting "${series}".`);
    return EXIT.ok;
  });
}

/** `partwork subscribers unsuppress <address>`: lifts a suppression; `add` or an import puts the reader back in. */
export function unsuppress(terminal: Terminal, typed: string): Promise<number> {
  return withApp(terminal, async (app) => {
    const id = idOrSaid(terminal, app, typed);
    if (id === undefined) return EXIT.usage;
    const wasSuppressed = await app.store.subscribers.unsuppress(id);
    terminal.say(
      wasSuppressed
        ? `${typed} may be mailed again; \`partwork subscribers add\` puts them back into a series.`
        : `${typed} was not suppressed.`,
    );
    return wasSuppressed ? EXIT.ok : EXIT.failed;
  });
}

/** `partwork subscribers erase <address>`: forgets a person; only a hashed suppression stays. */
export function erase(terminal: Terminal, typed: string): Promise<number> {
  return withApp(terminal, async (app) => {
    const id = idOrSaid(terminal, app, typed);
    if (id === undefined) return EXIT.usage;
    const isErased = await eraseSubscriber(app, id);
    terminal.say(
      isErased
        ? 'Erased. A hash of the address stays, so that no import brings it back.'
        : `Nobody is known by ${typed}.`,
    );
    return isErased ? EXIT.ok : EXIT.failed;
  });
}
