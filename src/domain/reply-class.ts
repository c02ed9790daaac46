/** `answer to RCPT TO: 451 4.7.1 greylisted` → the digits that say what kind of answer it is. */
const ANSWER = /^answer to [^:]+: (?<code>[2-5]\d\d)(?:[ -]+#?(?<status>[245]\.\d{1,3}\.\d{1,3})(?![\d.]))?/;
const GIVEN_UP = /^given up after [^:]+: /;
const LOST = /^(?:no connection|connection lost)\b/;

/**
 * What kind of answer the words of an outcome are, for counting: `451 4.7.1` (RFC 5321 §4.2 and RFC 3463), `550`, `lost` for a
 * connection that broke, `other` for what no server said.
 */
export function replyClassOf(words: string): string {
  const said = words.replace(GIVEN_UP, '');
  const { code, status } = ANSWER.exec(said)?.groups ?? {};
  if (code !== undefined) return status === undefined ? code : `${code} ${status}`;
  return LOST.test(said) ? 'lost' : 'other';
}
