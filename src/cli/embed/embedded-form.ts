import type { WebWords } from '../../compose/web-words.ts';
import { escapeHtml } from '../../domain/escape-html.ts';
import { formatEvery } from '../../domain/every.ts';
import type { Locale } from '../../domain/locale.ts';
import { usualPaces } from '../../domain/pace.ts';
import type { Series } from '../../domain/series.ts';
import { GUARD_FIELDS } from '../../web/guard/form-guard.tsx';
import { gapWords } from '../../web/pages/rhythm-words.ts';

interface EmbeddedForm {
  readonly series: Series;
  readonly words: WebWords;
  readonly locale: Locale;
  readonly baseUrl: string;
  /** The page to come back to; '' = the answer is a page of ours. */
  readonly returnTo: string;
}

/** The sign-up as plain HTML for any page: labelled, without script, style or anything that wears out. */
export function embeddedForm({
  series,
  words: { door, pages },
  locale,
  baseUrl,
  returnTo,
}: EmbeddedForm): string {
  const action = `${baseUrl}/s/${encodeURIComponent(series.id)}/subscribe`;
  const offered = series.paces ?? usualPaces(series.cadence.every);
  const paces = offered.map(
    (pace) =>
      `        <option value="${formatEvery(pace)}">${escapeHtml(gapWords(pace, pages, locale))}</option>`,
  );
  return [
    `<form method="post" action="${escapeHtml(action)}" accept-charset="utf-8" lang="${locale}">`,
    ...labelled(
      door.embedAddress,
      '<input type="email" name="address" autocomplete="email" maxlength="254" required>',
    ),
    ...labelled(door.embedName, '<input type="text" name="name" autocomplete="name" maxlength="200">'),
    ...(paces.length === 0 ? [] : labelled(door.embedPace, paceList(door.embedPaceOwn, paces))),
    `  <div hidden>`,
    `    <label>${escapeHtml(door.trapLabel)} <input name="${GUARD_FIELDS.trap}" tabindex="-1" autocomplete="off"></label>`,
    `  </div>`,
    ...(returnTo === '' ? [] : [`  <input type="hidden" name="return" value="${escapeHtml(returnTo)}">`]),
    `  <p><button type="submit">${escapeHtml(door.embedSubscribe)}</button></p>`,
    `</form>`,
  ].join('\n');
}

const labelled = (label: string, control: string): string[] => [
  `  <p>`,
  `    <label>`,
  `      ${escapeHtml(label)}`,
  `      ${control}`,
  `    </label>`,
  `  </p>`,
];

const paceList = (own: string, paces: readonly string[]): string =>
  [
    `<select name="pace">`,
    `        <option value="">${escapeHtml(own)}</option>`,
    ...paces,
    `      </select>`,
  ].join('\n');
