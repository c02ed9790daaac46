import type { AttentionWords } from '../../../compose/attention-keys.ts';
import type { Attention } from '../../../domain/attention.ts';
import { filledIn } from '../../../domain/filled-in.ts';
import { numberWords } from '../charts/numbers.ts';
import type { BoardView } from './board-view.ts';
import { harmless } from './foreign.tsx';
import { momentWords } from './time-words.ts';
import type { Instant } from '../../../domain/instant.ts';

/** What is wrong, in a sentence. `title` = of the issue, where it is about one. */
export function attentionWords(
  attention: Attention,
  { words, locale }: BoardView,
  {
    now,
    timezone,
    title = '',
  }: { readonly now: Instant; readonly timezone: string; readonly title?: string },
): string {
  const says = words.attention;
  const number = (n: number) => numberWords(n, locale);
  const issue = harmless(title);
  switch (attention.kind) {
    case 'not-running':
      return filledIn(says[attention.state === 'cancelled' ? 'cancelled' : 'paused'], {
        reason: harmless(attention.reason),
      });
    case 'mail-blocked':
      return filledIn(says.mailBlocked, { reason: harmless(attention.reason) });
    case 'no-workers':
      return says.noWorkers;
    case 'limited':
      return limitedWords(attention, says, (at) => momentWords(at, now, timezone, locale));
    case 'stuck':
      return filledIn(says.stuck, {
        due: number(attention.due),
        since: momentWords(attention.since, now, timezone, locale),
      });
    case 'many-rejected':
      return filledIn(says.manyRejected, {
        rejected: number(attention.rejected),
        tried: number(attention.tried),
        issue,
      });
    case 'held':
      return filledIn(says.held, { held: number(attention.held), issue });
    case 'many-deferred':
      return filledIn(says.manyDeferred, { deferred: number(attention.deferred), issue });
    case 'counts-differ':
      return filledIn(says.countsDiffer, { issue });
    case 'places-differ':
      return filledIn(says.placesDiffer, {
        readers: number(attention.readers),
        placed: number(attention.placed),
      });
  }
}

function limitedWords(
  { by, goesOnAt }: Extract<Attention, { kind: 'limited' }>,
  says: AttentionWords,
  moment: (at: Instant) => string,
): string {
  if (goesOnAt === undefined) return filledIn(says.limited, { limit: harmless(by) });
  return filledIn(says.limitedUntil, { limit: harmless(by), until: moment(goesOnAt) });
}
