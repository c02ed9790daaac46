import { LOCALES } from '../../domain/locale.ts';
import { parseReaderName } from '../../domain/reader-name.ts';
import type { SubscriberId } from '../../domain/subscriber.ts';
import type { Store } from '../../store/open-store.ts';

/** As typed; what is absent stays. */
export interface ProfileChange {
  /** '' = none. */
  readonly name?: string;
  /** One of our locales; '' = that of each series. */
  readonly language?: string;
}

export type ProfileAnswer = 'changed' | 'unknown' | { readonly invalid: 'name' | 'language' };

/** Changes what a reader is called, and the language of their pages and letters. All of it or nothing. */
export async function changeProfile(
  { store }: { store: Store },
  subscriber: SubscriberId,
  { name: typed, language }: ProfileChange,
): Promise<ProfileAnswer> {
  const name = typed === undefined ? undefined : parseReaderName(typed);
  if (typed !== undefined && name === undefined) return { invalid: 'name' };
  if (language !== undefined && !isKnown(language)) return { invalid: 'language' };
  const changes = {
    ...(name !== undefined && { name }),
    ...(language !== undefined && { language }),
  };
  return (await store.reading.changeProfile(subscriber, changes)) ? 'changed' : 'unknown';
}

const isKnown = (language: string): boolean =>
  language === '' || LOCALES.some((locale) => locale === language);
