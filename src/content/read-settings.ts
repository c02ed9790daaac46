import type { Cadence, Every } from '../domain/cadence.ts';
import type { EmailAddress } from '../domain/email-address.ts';
import type { OptionalLetter } from '../domain/letter.ts';
import type { Mailbox } from '../domain/mailbox.ts';
import type { JoinRule } from '../domain/series.ts';
import { isTimezone } from '../domain/time-zone.ts';
import { readCadence } from './read-cadence.ts';
import type { Complaints } from './complaints.ts';
import { findField } from './find-field.ts';
import type { Field, FrontMatter, Scalar } from './front-matter-value.ts';
import { isIdentifier } from './identifier.ts';
import { readFlag } from './read-flag.ts';
import { readFrom, readReplyTo } from './read-sender.ts';
import { readIssueList } from './read-issue-list.ts';
import { readLanguage } from './read-language.ts';
import { readLetters } from './read-letters.ts';
import { readLine, readParagraph } from './read-line.ts';
import { readPaces } from './read-paces.ts';

/** What a series without own settings gets. */
export interface SeriesDefaults {
  readonly from?: Mailbox;
  /** BCP 47. */
  readonly language: string;
  /** IANA name. */
  readonly timezone: string;
}

/** What an `_index.md` says about its series. */
export interface SeriesSettings {
  readonly title?: string;
  readonly description: string;
  readonly language: string;
  readonly from?: Mailbox;
  readonly replyTo?: EmailAddress;
  readonly cadence: Cadence;
  readonly join: JoinRule;
  /** Absent = the usual ones for its gap. */
  readonly paces?: readonly Every[];
  readonly letters: readonly OptionalLetter[];
  readonly template: string;
  readonly isDraft: boolean;
  /** The entries of `issues:`; absent when the posts order themselves. */
  readonly issues?: readonly Scalar[];
  /** A folder, relative to the series' own, in which posts are looked up too. */
  readonly posts?: { readonly folder: string; readonly line: number };
}

const DEFAULT_TEMPLATE = 'issue';
const OF_LETTERS = 'letter';

/** Reads the settings of a series; every wrong value is an error with what was expected. */
export function readSettings(
  data: FrontMatter,
  defaults: SeriesDefaults,
  complaints: Complaints,
): SeriesSettings {
  const title = readLine(findField(data, 'title'), complaints);
  const from = readFrom(findField(data, 'from'), complaints) ?? defaults.from;
  const replyTo = readReplyTo(findField(data, 'reply_to', 'replyto', 'reply-to'), complaints);
  const posts = readFolder(findField(data, 'posts'), complaints);
  const issues = readIssueList(findField(data, 'issues'), complaints);
  const timezone = readTimezone(findField(data, 'timezone'), complaints) ?? defaults.timezone;
  const paces = readPaces(findField(data, 'paces'), complaints);
  return {
    ...(title === undefined ? {} : { title }),
    description: readParagraph(findField(data, 'description', 'summary'), complaints) ?? '',
    language: readLanguage(findField(data, 'language', 'lang'), complaints) ?? defaults.language,
    ...(from === undefined ? {} : { from }),
    ...(replyTo === undefined ? {} : { replyTo }),
    cadence: readCadence(data, timezone, complaints),
    join: readJoin(findField(data, 'join'), complaints),
    ...(paces === undefined ? {} : { paces }),
    letters: readLetters(findField(data, 'letters'), complaints),
    template: readTemplate(findField(data, 'template'), complaints),
    isDraft: readFlag(findField(data, 'draft'), complaints) === true,
    ...(issues === undefined ? {} : { issues }),
    ...(posts === undefined ? {} : { posts }),
  };
}

function readFolder(field: Field | undefined, complaints: Complaints): SeriesSettings['posts'] {
  const folder = readLine(field, complaints);
  return folder === undefined || field === undefined ? undefined : { folder, line: field.line };
}

function readTimezone(field: Field | undefined, complaints: Complaints): string | undefined {
  const name = readLine(field, complaints);
  if (name === undefined || isTimezone(name)) return name;
  complaints.error(
    field?.line,
    `\`timezone: ${name}\` is not a time zone.`,
    'Write an IANA name such as `Asia/Taipei`.',
  );
  return undefined;
}

function readJoin(field: Field | undefined, complaints: Complaints): JoinRule {
  const rule = readLine(field, complaints);
  if (rule === undefined || rule === 'first' || rule === 'next') return rule ?? 'first';
  const fix = '`first` starts late joiners at the first issue, `next` at the next one not yet released.';
  complaints.error(field?.line, `\`join: ${rule}\` must be \`first\` or \`next\`.`, fix);
  return 'first';
}

function readTemplate(field: Field | undefined, complaints: Complaints): string {
  const name = readLine(field, complaints) ?? DEFAULT_TEMPLATE;
  if (name === OF_LETTERS) {
    const message = `\`template: ${name}\` is what letters are written on, not issues.`;
    complaints.error(field?.line, message, 'Give the template of your issues another name.');
    return DEFAULT_TEMPLATE;
  }
  if (isIdentifier(name)) return name;
  const fix = 'Write the name of a file in the templates folder, without its extension.';
  complaints.error(field?.line, `\`template: ${name}\` is not the name of a template.`, fix);
  return DEFAULT_TEMPLATE;
}
