import { existsSync } from 'node:fs';
import type { LetterComposer } from '../compose/letter-composer.ts';
import type { Config } from '../config.ts';
import type { Log } from '../domain/log.ts';
import { formatProblem } from '../domain/problem.ts';
import { letterLinks } from '../mail/letter-links.ts';
import { openLetterSender, type LetterSender } from '../mail/letter-sender.ts';
import { openPlainTransport } from '../mail/plain-transport.ts';
import type { MailDesk } from './open-mail.ts';
import { shareConnections } from './share-connections.ts';

/** What letters are written and sent with. */
export interface Letters {
  readonly composer: LetterComposer;
  readonly sender: LetterSender;
}

/** The path of letters: composed where they are sent, each over a connection of its own, signed when DKIM is configured. */
export function openLetters(config: Config, log: Log, { server, links, dkim }: MailDesk): Letters {
  let opened: Promise<LetterComposer> | undefined;
  return {
    composer: {
      // It takes most of a second and 100 MB, which a worker that never writes a letter should not pay.
      compose: async (topic) => (await (opened ??= openComposer(config, log))).compose(topic),
    },
    sender: openLetterSender({
      transport: openPlainTransport(server.settings),
      connections: shareConnections(server.settings.connections).letters,
      linksOf: letterLinks(links),
      ...(dkim !== undefined && { dkim }),
    }),
  };
}

async function openComposer(
  { baseUrl, postalAddress, templatesFolder }: Config,
  log: Log,
): Promise<LetterComposer> {
  const { createLetterComposer } = await import('../compose/letter-composer.ts');
  return createLetterComposer({
    baseUrl,
    postalAddress,
    onProblem: (problem) =>
      log.error({ problem: formatProblem(problem) }, 'a letter is written on our own template'),
    ...(existsSync(templatesFolder) && { templatesFolder }),
  });
}
