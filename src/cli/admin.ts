import { EXIT } from '../domain/refusal.ts';
import { pagesUrl } from './open-pages.ts';
import type { Terminal } from './terminal.ts';
import { withApp } from './with-app.ts';

interface AdminFlags {
  readonly signOut?: boolean;
}

/** `partwork admin [--sign-out]`: a way in to the dashboard for whoever has the ledger, or the end of all ways in. */
export const admin = (terminal: Terminal, { signOut = false }: AdminFlags): Promise<number> =>
  withApp(terminal, async ({ config, store }) => {
    if (signOut) {
      await store.adminSessions.endAll();
      terminal.say('Everybody is signed out of the dashboard, and no link signs in any more.');
      return EXIT.ok;
    }
    const token = await store.adminSessions.invite();
    terminal.print(`${pagesUrl(config, config.port)}/admin/enter/${token}`);
    terminal.say(
      'Open it in your browser within ten minutes, while `partwork up` or `serve` runs. It works once.',
    );
    return EXIT.ok;
  });
