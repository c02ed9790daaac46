import { describe, expect, test } from 'vitest';
import { readSubscribers } from '../../src/csv/read-subscribers.ts';
import { entriesOf } from '../support/csv-bytes.ts';

/** Each entry as one line: `2 ash@example.com "Ash" since 2024-01-02T03:04:05.000Z at 7`, `3 skipped: …`. */
async function read(file: string | Uint8Array, pieceSize?: number): Promise<string[]> {
  const told: string[] = [];
  for (const entry of await entriesOf(Buffer.from(file as string), pieceSize)) {
    if (entry.kind !== 'row') {
      told.push(`${entry.line} ${entry.kind}: ${entry.reason}`);
      continue;
    }
    const { address, name, consentedAt, next } = entry.row;
    const since = consentedAt === undefined ? '' : ` since ${new Date(consentedAt).toISOString()}`;
    told.push(`${entry.line} ${address} "${name}"${since}${next === undefined ? '' : ` at ${next}`}`);
  }
  return told;
}

describe('a file as it is exported by', () => {
  test.each<[string, string[], string[]]>([
    [
      'listmonk',
      [
        'uuid,email,name,attributes,status,created_at,updated_at',
        'u1,ash@example.com,Ash,"{""city"": ""Taipei""}",enabled,2024-01-02T03:04:05.678901Z,2024-01-02T03:04:05Z',
        'u2,bay@example.com,Bay,{},blocklisted,2024-01-02T03:04:05Z,2024-01-02T03:04:05Z',
      ],
      ['2 ash@example.com "Ash" since 2024-01-02T03:04:05.000Z', '3 skipped: "status" is "blocklisted".'],
    ],
    [
      'Ghost',
      [
        'id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers',
        'a1,ash@example.com,Ash,,true,false,,2023-05-06T07:08:09.000Z,,"vip,tw",',
        'a2,bay@example.com,Bay,,false,false,,2023-05-06T07:08:09.000Z,,,',
        'a3,cob@example.com,Cob,,true,false,,2023-05-06T07:08:09.000Z,2024-01-01T00:00:00.000Z,,',
      ],
      [
        '2 ash@example.com "Ash" since 2023-05-06T07:08:09.000Z',
        '3 skipped: "subscribed_to_emails" is "false".',
        '4 skipped: "deleted_at" is "2024-01-01T00:00:00.000Z".',
      ],
    ],
    [
      'Mailchimp',
      [
        '"Email Address","First Name","Last Name",Address,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,NOTES,TAGS',
        'ash@example.com,Ash,Currants,,2,"2014-04-10 12:04:03",192.0.2.1,"2014-04-10 12:09:00",192.0.2.1,,""',
        'ivy@example.com,小美,林,,2,"2014-04-10 12:04:03",,"",,"Two\nlines",""',
        'bay@example.com,Bay,,,2,,,,,,',
      ],
      [
        '2 ash@example.com "Ash Currants" since 2014-04-10T12:09:00.000Z',
        '3 ivy@example.com "林小美" since 2014-04-10T12:04:03.000Z',
        '5 bay@example.com "Bay"',
      ],
    ],
    [
      'Mailchimp, of those who left',
      ['Email Address,First Name,UNSUB_TIME', 'ash@example.com,Ash,2020-01-01 00:00:00'],
      ['2 skipped: "UNSUB_TIME" is "2020-01-01 00:00:00".'],
    ],
    [
      'Substack',
      [
        'email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at',
        'ash@example.com,false,,other,false,2021-02-03T04:05:06.000Z,',
        'bay@example.com,true,2030-01-01T00:00:00.000Z,yearly,true,2021-02-03T04:05:06.000Z,',
      ],
      ['2 ash@example.com "" since 2021-02-03T04:05:06.000Z', '3 skipped: "email_disabled" is "true".'],
    ],
    [
      'Buttondown',
      [
        'id,creation_date,email_address,notes,metadata,tags,type',
        'b1,2024-01-02 03:04:05.123456+00:00,ash@example.com,,{},,premium',
        'b2,2024-01-02 03:04:05+08:00,bay@example.com,,{},,regular',
        'b3,2024-01-02,cob@example.com,,{},,unactivated',
      ],
      [
        '2 ash@example.com "" since 2024-01-02T03:04:05.000Z',
        '3 bay@example.com "" since 2024-01-01T19:04:05.000Z',
        '4 skipped: "type" is "unactivated".',
      ],
    ],
    [
      'a spreadsheet in Chinese',
      ['姓名;電子郵件;訂閱日期;期數', '林小美;ivy@example.com;2024/3/1;3', '陳大文;chen@例子.tw;;'],
      ['2 ivy@example.com "林小美" since 2024-03-01T00:00:00.000Z at 3', '3 chen@xn--fsqu00a.tw "陳大文"'],
    ],
    [
      'hand, as a list of addresses',
      ['ash@example.com', '', 'bay at example.com', 'Cob@Example.com'],
      [
        '1 ash@example.com ""',
        '3 invalid: "bay at example.com" is not an address that can be mailed.',
        '4 Cob@example.com ""',
      ],
    ],
  ])('%s', async (_program, lines, told) => {
    expect(await read(lines.join('\n'))).toEqual(told);
    expect(await read(lines.join('\r\n'))).toEqual(told);
  });
});

describe('encodings', () => {
  const text = 'email,name\r\nivy@example.com,林小美 🌱\r\n';
  const utf16le = Buffer.from(`\uFEFF${text}`, 'utf16le');
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16, little end first', utf16le],
    ['UTF-16, big end first', Buffer.from(utf16le).swap16()],
  ])('%s, whole and byte by byte', async (_name, bytes) => {
    expect(await read(bytes)).toEqual(['2 ivy@example.com "林小美 🌱"']);
    expect(await read(bytes, 1)).toEqual(['2 ivy@example.com "林小美 🌱"']);
  });

  test('a name in another encoding is told, not taken', async () => {
    const big5 = Buffer.concat([
      Buffer.from('email,name\nivy@example.com,'),
      Buffer.from([0xaa, 0x4c, 0x0a]),
    ]);
    expect(await read(Buffer.concat([big5, Buffer.from('ash@example.com,Ash')]))).toEqual([
      '2 invalid: The name of ivy@example.com is not UTF-8 text. Save the file as "CSV UTF-8".',
      '3 ash@example.com "Ash"',
    ]);
  });
});

test('a file cut off within a letter is told', async () => {
  const whole = Buffer.from('email,name\nivy@example.com,林');
  expect(await read(whole.subarray(0, -1))).toEqual([
    '2 invalid: The name of ivy@example.com is not UTF-8 text. Save the file as "CSV UTF-8".',
  ]);
});

describe('one bad line does not cost the others, and is told with its number:', () => {
  test.each([
    ['no address', ',Ash', 'The line has no address.'],
    ['not an address', 'ash@,Ash', '"ash@" is not an address that can be mailed.'],
    [
      'two addresses',
      'a@example.com;b@example.com,Ash',
      '"a@example.com;b@example.com" is not an address that can be mailed.',
    ],
    [
      'too many fields',
      'ash@example.com,Ash,2024-01-01,active,x',
      'The line has 5 fields, the header has 4. Put quotes around a value with a separator in it.',
    ],
    [
      'a day of two meanings',
      'ash@example.com,Ash,1/2/2024',
      '"1/2/2024" is not a date. Write it as 2024-01-31 or 2024-01-31T08:00:00Z.',
    ],
    [
      'an endless name',
      `ash@example.com,${'x'.repeat(201)}`,
      'The name of ash@example.com has more than 200 characters.',
    ],
    [
      'an open quote',
      'ash@example.com,"Ash',
      'A quote (") opens or ends in the middle of the line. Put quotes around whole values, and double those inside.',
    ],
    [
      'a word nobody knows',
      'ash@example.com,Ash,,maybe',
      '"status" is "maybe", which may or may not mean that mail is welcome. Write "active" or "unsubscribed".',
    ],
  ])('%s', async (_name, line, reason) => {
    expect(
      await read(`email,name,joined,status\nfirst@example.com\n${line}\nlast@example.com,Last,,active`),
    ).toEqual(['2 first@example.com ""', `3 invalid: ${reason}`, '4 last@example.com "Last"']);
  });
});

describe('a reader is left out when the file says', () => {
  test.each([
    ['status', 'Unsubscribed', 'Confirmed'],
    ['status', 'paused', 'Active'],
    ['status', 'ended', ''],
    ['unsubscribed', 'yes', 'no'],
    ['unsubscribed_at', '2024-01-01', 'NULL'],
    ['Opt-in', 'FALSE', 'true'],
    ['type', 'complained', 'anything else'],
    ['訂閱', '否', '是'],
    ['訂閱狀態', '已退訂', '已訂閱'],
  ])('%s: %s, and not when it says %j', async (column, no, yes) => {
    const told = await read(`email,${column}\nash@example.com,${no}\nbay@example.com,${yes}`);
    expect(told).toEqual([`2 skipped: "${column}" is "${no}".`, '3 bay@example.com ""']);
  });
});

describe('a file that cannot be read gives one reason and nothing else:', () => {
  test.each([
    ['nothing in it', '', '1 unreadable: The file is empty.'],
    ['only empty lines', '\n\n\n', '1 unreadable: The file is empty.'],
    [
      'no column of addresses',
      '\nid,name\n1,Ash',
      '2 unreadable: No column is called "email". Begin the file with a line of column names, such as email,name; its first line is "id", "name".',
    ],
    [
      'data but no header',
      'ash@example.com,Ash\nbay@example.com,Bay',
      '1 unreadable: No column is called "email". Begin the file with a line of column names, such as email,name; its first line is "ash@example.com", "Ash".',
    ],
    [
      'two columns of addresses',
      'Email,E-Mail Address\na@example.com,b@example.com',
      '1 unreadable: Two columns hold the same thing, "Email" and "E-Mail Address". Remove or rename one of them.',
    ],
    [
      'one column twice',
      'email,Name,name\n',
      '1 unreadable: Two columns hold the same thing, "Name" and "name". Remove or rename one of them.',
    ],
    [
      'a spreadsheet',
      'PK\u0003\u0004,\u0000',
      '1 unreadable: The file is not text. Save a spreadsheet as "CSV UTF-8" first.',
    ],
  ])('%s', async (_name, text, reason) => {
    expect(await read(text)).toEqual([reason]);
  });
});

test('columns nobody asked for may be there twice', async () => {
  expect(await read('email,tag,tag\nash@example.com,a,b')).toEqual(['2 ash@example.com ""']);
});

test('a name comes on one line, without what cannot be seen', async () => {
  expect(await read('email,name\nash@example.com,"Ash\u0007 \n  Currants"')).toEqual([
    '2 ash@example.com "Ash Currants"',
  ]);
});

test('a large file is read as it comes, never held whole', async () => {
  let piecesGiven = 0;
  const file = (async function* () {
    yield Buffer.from('email,name\n');
    for (; piecesGiven < 1_000; piecesGiven++)
      yield Buffer.from(`reader${piecesGiven}@example.com,"A, B"\n`.repeat(100));
  })();
  let rows = 0;
  let furthestAhead = 0;
  for await (const entries of readSubscribers(file)) {
    rows += entries.length;
    furthestAhead = Math.max(furthestAhead, piecesGiven * 100 - (entries[0]?.line ?? Infinity));
  }
  expect(rows).toBe(100_000);
  expect(furthestAhead).toBeLessThan(1_000);
});
