import type { ColumnMeaning, SubscriberColumns } from './subscriber-columns.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const GOOD_STATUS = words(
  'subscribed enabled active confirmed regular premium paid free comped complimentary gifted trial trialed yes true 1 訂閱 已訂閱 有效 啟用',
);
const LEFT_OUT = words(
  'unsubscribed disabled blocklisted blacklisted blocked inactive cancelled canceled ended removed deleted archived cleaned bounced hard-bounced undeliverable invalid complained spam spammy pending unconfirmed unactivated non-subscribed nonsubscribed transactional paused suppressed no false 0 退訂 已退訂 取消訂閱 停用 未確認 無效',
);
const NO = words('false no n 0 f 否');
const YES = words('true yes y 1 t subscribed 是');

const UNCLEAR = 'which may or may not mean that mail is welcome. Write "active" or "unsubscribed".';

/** Why a reader must not be mailed, or what is unclear about it. */
export interface Standing {
  readonly kind: 'skipped' | 'invalid';
  readonly reason: string;
}

/** What the columns about consent say against mailing this reader; undefined = nothing. */
export function standingAgainst(columns: SubscriberColumns, fields: readonly string[]): Standing | undefined {
  return (
    firstOf(columns, fields, 'unwanted', (said) => !NO.has(said) && 'skipped') ??
    firstOf(columns, fields, 'wanted', (said) =>
      YES.has(said) ? false : NO.has(said) ? 'skipped' : 'invalid',
    ) ??
    firstOf(columns, fields, 'type', (said) => LEFT_OUT.has(said) && 'skipped') ??
    firstOf(columns, fields, 'status', (said) => {
      if (LEFT_OUT.has(said)) return 'skipped';
      return !GOOD_STATUS.has(said) && 'invalid';
    })
  );
}

function firstOf(
  { of, names }: SubscriberColumns,
  fields: readonly string[],
  meaning: ColumnMeaning,
  judge: (said: string) => Standing['kind'] | false,
): Standing | undefined {
  for (const index of of[meaning]) {
    const field = fields[index]?.trim() ?? '';
    const said = field.toLowerCase();
    const kind = said !== '' && said !== 'null' && judge(said);
    if (kind === false) continue;
    const told = `"${names[index]}" is "${field}"`;
    return { kind, reason: kind === 'skipped' ? `${told}.` : `${told}, ${UNCLEAR}` };
  }
  return undefined;
}
