import type { WebWords } from '../../compose/web-words.ts';
import { filledIn } from '../../domain/filled-in.ts';

const CONFIRMED = ', confirmed';

/** How a sign-up came in, as it is kept with the consent (`form`, `embed https://…`, …), in a reader's own language. */
export function sourceWords(source: string, { reader }: WebWords): string {
  const isConfirmed = source.endsWith(CONFIRMED);
  const words = wayIn(isConfirmed ? source.slice(0, -CONFIRMED.length) : source, reader);
  return isConfirmed ? filledIn(reader.sourceConfirmed, { source: words }) : words;
}

function wayIn(source: string, reader: WebWords['reader']): string {
  const [kind = '', ...rest] = source.split(' ');
  const where = rest.join(' ');
  if ((kind === 'embed' || kind === 'api') && where !== '')
    return filledIn(reader.sourceSite, { site: where });
  if (kind === 'form' || kind === 'api') return reader.sourceHere;
  if (kind === 'import') return filledIn(reader.sourceList, { file: where });
  return kind === 'cli' ? reader.sourceByHand : source;
}
