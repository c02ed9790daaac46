import { joinSeries } from '../../actions/join-series.ts';
import { parseEmailAddress } from '../../domain/email-address.ts';
import { hasHiddenCharacters } from '../../domain/mailbox.ts';
import { EXIT } from '../../domain/refusal.ts';
import { subscriberIdOf } from '../../domain/subscriber.ts';
import type { Terminal } from '../terminal.ts';
import { withApp } from '../with-app.ts';
import { knownSeries } from './known-series.ts';

export interface AddFlags {
  readonly series: string;
  readonly name?: string;
  readonly position?: string;
  readonly confirmed?: boolean;
}

const RESULTS = {
  added: 'is in.',
  known: 'was in already, and stays where they are.',
  rejoined: 'is in again, and goes on after what they have had.',
  left: 'has unsubscribed and stays out.',
  suppressed: 'is on the suppression list and is not mailed. Nothing was done.',
} as const;

export const NEEDS_CONSENT =
  'Say --confirmed: it states that these people agreed to get this series, and is kept with the date as the record of it.';

/** `partwork subscribers add <address> --series S --confirmed [--name N] [--position N]`. */
export function add(terminal: Terminal, typed: string, flags: AddFlags): Promise<number> {
  const address = parseEmailAddress(typed);
  const { name = '', position, confirmed = false } = flags;
  const wrong =
    address === undefined
      ? `"${typed}" is not an address that can be mailed.`
      : hasHiddenCharacters(name)
        ? 'The name has control characters in it.'
        : confirmed
          ? undefined
          : NEEDS_CONSENT;
  if (address === undefined || wrong !== undefined) {
    terminal.say(wrong ?? '');
    return Promise.resolve(EXIT.usage);
  }
  return withApp(terminal, async (app) => {
    const series = await knownSeries(terminal, app, flags.series);
    if (series === undefined) return EXIT.content;
    const place = position === undefined ? undefined : series.placeNamed(position);
    if (position !== undefined && place === undefined) {
      terminal.say(`Series "${series.id}" has no issue "${position}".`);
      return EXIT.usage;
    }
    const subscriber = { id: subscriberIdOf(address, app.salt), address, name };
    const joiner = { subscriber, ...(place !== undefined && { place }) };
    const [result = 'known'] = await joinSeries(app, series.id, [joiner], {
      source: 'cli',
      mayComeBack: true,
    });
    terminal.say(`${address} ${RESULTS[result]}`);
    return result === 'suppressed' ? EXIT.refused : EXIT.ok;
  });
}
