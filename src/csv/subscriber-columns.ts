/** What a column of a subscriber file is read for. */
export type ColumnMeaning =
  | 'email'
  | 'name'
  | 'firstName'
  | 'lastName'
  | 'consentedAt'
  | 'next'
  | 'status'
  | 'type'
  | 'wanted'
  | 'unwanted';

export interface SubscriberColumns {
  /** The header as the file has it. */
  readonly names: readonly string[];
  /** Indexes of the columns with a meaning, the better source first. */
  readonly of: Readonly<Record<ColumnMeaning, readonly number[]>>;
}

// As listmonk, Ghost, Mailchimp, Substack, Buttondown, Kit and people name them; letters and digits only, lower case.
const NAMES: Readonly<Record<ColumnMeaning, string>> = {
  email:
    'email emailaddress mail mailaddress useremail subscriberemail 電子郵件 電子郵件地址 電子郵箱 電子信箱 電郵 電郵地址 信箱 郵件 邮箱 电子邮件 电子邮箱',
  name: 'name fullname displayname 姓名 名稱 稱呼 暱稱 全名 名字 名称 昵称',
  firstName: 'firstname givenname forename fname 名',
  lastName: 'lastname familyname surname lname 姓 姓氏',
  consentedAt:
    'confirmtime confirmedat optintime optinat consentat consentedat subscribedat subscribedon subscribedate datesubscribed signupdate signupat signedupat joinedat joindate joined createdat createdon creationdate created dateadded addedat 訂閱日期 訂閱時間 加入日期 加入時間 建立時間 建立日期',
  next: 'next nextissue position issue issuenumber 下一期 期數 進度',
  status: 'status subscriberstatus subscriptionstatus emailstatus 狀態 訂閱狀態',
  type: 'type subscribertype',
  wanted: 'subscribed subscribedtoemails issubscribed optin optedin active isactive enabled 訂閱',
  unwanted:
    'unsubscribed unsubscribedat unsubtime unsubscribedate cleantime emaildisabled disabled deletedat bounced bouncedat complained complainedat blocked blocklisted suppressed suppressedat 退訂 取消訂閱',
};
const MEANINGS = Object.keys(NAMES) as ColumnMeaning[];

/** The header line of a subscriber file → what its columns are for, or why it cannot be read, one sentence. */
export function readHeader(names: readonly string[]): SubscriberColumns | string {
  const plainNames = names.map(plain);
  const of = columnsOf(plainNames);
  const [email, secondEmail] = of.email;
  if (email === undefined) return missingEmail(names);
  const twice =
    secondEmail === undefined ? firstTwice(Object.values(of).flat(), plainNames) : [email, secondEmail];
  if (twice !== undefined) {
    return `Two columns hold the same thing, "${twice.map((index) => names[index]).join('" and "')}". Remove or rename one of them.`;
  }
  return { names, of };
}

/** For a file without a header line: one column, of addresses. */
export function onlyAddresses(): SubscriberColumns {
  return { names: ['email'], of: columnsOf(['email']) };
}

function columnsOf(plainNames: readonly string[]): SubscriberColumns['of'] {
  const entries = MEANINGS.map((meaning): [ColumnMeaning, number[]] => [
    meaning,
    NAMES[meaning].split(' ').flatMap((name) => indexesOf(name, plainNames)),
  ]);
  return Object.fromEntries(entries) as Record<ColumnMeaning, number[]>;
}

function missingEmail(names: readonly string[]): string {
  const found = names.map((name) => `"${name}"`).join(', ');
  return `No column is called "email". Begin the file with a line of column names, such as email,name; its first line is ${found}.`;
}

function firstTwice(indexes: readonly number[], plainNames: readonly string[]): number[] | undefined {
  return indexes
    .map((index) => indexesOf(plainNames[index] ?? '', plainNames))
    .find((sameName) => sameName.length > 1);
}

const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');

const indexesOf = (name: string, names: readonly string[]): number[] =>
  names.flatMap((other, index) => (other === name ? [index] : []));
