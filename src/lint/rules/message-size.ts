import type { Rule } from '../rule.ts';

const MEGABYTE = 1_000_000;
/** Many servers take no more than 10 MB, and some readers' mailboxes less. */
const LARGEST_MESSAGE = 10 * MEGABYTE;

/** The whole message, encoded, is one that servers take. */
export const messageSize: Rule = {
  name: 'message-size',
  severity: 'error',
  check({ raw }) {
    if (raw.length <= LARGEST_MESSAGE) return [];
    const megabytes = (raw.length / MEGABYTE).toFixed(1);
    const message = `The mail is ${megabytes} MB; many servers refuse more than 10 MB.`;
    return [{ message, fix: 'Split the post into several issues.' }];
  },
};
