import { testWays } from '../actions/watchman/test-ways.ts';
import { openNoticeWays } from '../app/open-notice-ways.ts';
import { silentLog } from '../domain/log.ts';
import type { NoticeWay } from '../domain/notice.ts';
import { EXIT, isRefusal } from '../domain/refusal.ts';
import { plainJson } from './plain-json.ts';
import { plainText } from './plain-text.ts';
import type { Terminal } from './terminal.ts';
import { refuse, withConfig } from './with-app.ts';

interface NotifyFlags {
  readonly test?: boolean;
  readonly json?: boolean;
}

/** `partwork notify [--test] [--json]`: which ways there are to tell the writer, or what comes of a test by each. Needs no Redis. */
export function notify(terminal: Terminal, { test = false, json = false }: NotifyFlags): Promise<number> {
  return withConfig(terminal, async (config) => {
    const opened = await openNoticeWays(config, silentLog);
    if (isRefusal(opened)) return refuse(terminal, opened);
    try {
      if (opened.ways.length === 0) return noWays(terminal);
      if (config.notify !== undefined && config.smtpUrl === undefined)
        terminal.say('SMTP_URL is not set: mail goes to a local inbox, nobody gets any.');
      return test ? await tryAll(terminal, opened.ways, json) : list(terminal, opened.ways, json);
    } finally {
      await opened.close();
    }
  });
}

function noWays(terminal: Terminal): number {
  terminal.say('Nobody is told of anything.');
  terminal.say('Set PARTWORK_NOTIFY to your address, or PARTWORK_WEBHOOKS to URLs.');
  return EXIT.configuration;
}

function list(terminal: Terminal, ways: readonly NoticeWay[], json: boolean): number {
  if (json) terminal.print(JSON.stringify(ways.map(({ id, name }) => ({ id, name }))));
  else for (const { name } of ways) terminal.print(name);
  terminal.say('`partwork notify --test` sends a test by each.');
  return EXIT.ok;
}

async function tryAll(terminal: Terminal, ways: readonly NoticeWay[], json: boolean): Promise<number> {
  const tested = await testWays(ways, Date.now());
  if (json) {
    const told = tested.map(({ result, ...way }) => ({ ...way, ...result }));
    terminal.print(plainJson(told, { isDense: true }));
  } else
    for (const { name, result } of tested)
      terminal.print(
        result.kind === 'done' ? `${name}: taken` : `${name}: not taken; ${plainText(result.reason)}`,
      );
  return tested.every(({ result }) => result.kind === 'done') ? EXIT.ok : EXIT.failed;
}
