import { headerFields } from '../app/header-fields.ts';
import { openStudio } from '../app/studio.ts';
import type { Config } from '../config.ts';
import { EXIT, isRefusal, type Refusal } from '../domain/refusal.ts';
import { createPreviewPages } from '../web/preview/preview-pages.tsx';
import { startWeb, type WebServer } from '../web/server.ts';
import { sayUnknownSeries } from './content-problems.ts';
import { LiveContent } from './preview/live-content.ts';
import { exitCodeOf, untilStopped } from './signals.ts';
import type { Terminal } from './terminal.ts';
import { refuse, withConfig } from './with-app.ts';

interface PreviewFlags {
  readonly port?: string;
  readonly drafts?: boolean;
}

const USUAL_PORT = 4321;
const MAX_PORT = 65_535;
/** Nobody but this machine. */
const HOSTNAME = '127.0.0.1';

/** `partwork preview [series]`: a page on this machine that shows every issue as readers will get it, and follows what is saved. */
export function preview(
  terminal: Terminal,
  name: string | undefined,
  { port, drafts = false }: PreviewFlags,
): Promise<number> {
  return withConfig(terminal, async (config) => {
    const stopped = untilStopped((signal) => terminal.endAtOnce(exitCodeOf(signal)));
    const live = openLive(terminal, config, name, drafts);
    await live.open();
    if (name !== undefined && live.preview.overview().series.length === 0) {
      await sayUnknownSeries(terminal, openStudio(config), name);
      await live.close();
      return EXIT.content;
    }
    const web = await openWeb(terminal, live, port);
    if (isRefusal(web)) {
      await live.close();
      return refuse(terminal, web);
    }
    terminal.say(`Preview: http://${HOSTNAME}:${web.port}/`);
    terminal.say(`Watching ${live.watched.join(', ')}. Nothing leaves this machine. Ctrl-C ends it.`);
    // Nothing is under way that would have to be finished.
    return terminal.endAtOnce(exitCodeOf(await stopped));
  });
}

function openLive(
  terminal: Terminal,
  config: Config,
  name: string | undefined,
  withDrafts: boolean,
): LiveContent {
  return new LiveContent({
    folder: process.cwd(),
    config,
    withDrafts,
    ...(name !== undefined && { only: name }),
    onBug: (error) => sayBug(terminal, error),
    onDeaf: ({ message }) =>
      terminal.say(`Some files cannot be watched (${message}). Reload the page when you have saved them.`),
  });
}

const sayBug = (terminal: Terminal, error: unknown): void =>
  terminal.say(error instanceof Error ? (error.stack ?? error.message) : String(error));

/** On the port that was asked for, or on the usual one, or on any that is free. */
async function openWeb(
  terminal: Terminal,
  live: LiveContent,
  asked: string | undefined,
): Promise<WebServer | Refusal> {
  if (asked !== undefined && !isPort(asked)) return noPort(asked);
  const { preview } = live;
  const pages = createPreviewPages({
    overview: () => preview.overview(),
    find: (series, issue) => preview.find(series, issue),
    findImage: (issue, url) => live.findImage(issue, url),
    headerFields,
    subscribe: (listener) => preview.subscribe(listener),
    onBug: (error) => sayBug(terminal, error),
  });
  const port = asked === undefined ? USUAL_PORT : Number(asked);
  try {
    return await startWeb(pages, port, { hostname: HOSTNAME });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return asked === undefined ? startWeb(pages, 0, { hostname: HOSTNAME }) : portTaken(port);
  }
}

const isPort = (text: string): boolean => /^\d+$/.test(text) && Number(text) <= MAX_PORT;

const noPort = (text: string): Refusal => ({
  message: `--port: "${text}" is not a port number.`,
  fix: 'Write a number from 0 to 65535; 0 is any that is free.',
  exitCode: EXIT.usage,
});

const portTaken = (port: number): Refusal => ({
  message: `Port ${port} is taken by another program.`,
  fix: 'Choose another with --port, or leave it out to get a free one.',
  exitCode: EXIT.failed,
});
