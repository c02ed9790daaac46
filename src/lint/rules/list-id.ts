import { valueOf } from '../message/message.ts';
import { shorten } from '../shorten.ts';
import type { Finding, Rule } from '../rule.ts';

// What stands in quotes is the list's name, whatever it looks like.
const LIST_ID =
  /^(?:(?:[^<>"]|"(?:[^"\\]|\\.)*")*\s)?<([A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)+)>$/;
const LONGEST = 255;
const REPORT = 'Please report this: readers filter by the List-Id, so it must never change.';

/** The List-Id has its shape, and is the series' own (RFC 2919 §2, §3). */
export const listId: Rule = {
  name: 'list-id',
  severity: 'error',
  check(message, context) {
    const value = valueOf(message, 'List-Id');
    if (value === '') return [];
    const id = LIST_ID.exec(value)?.[1];
    if (id === undefined || id.length > LONGEST) return [finding(`"${shorten(value)}" is no List-Id.`)];
    if (id.toLowerCase() === context.listId.toLowerCase()) return [];
    return [finding(`The List-Id is "${shorten(id)}", not "${context.listId}", the series' own.`)];
  },
};

const finding = (message: string): Finding => ({ message, fix: REPORT, at: 'series' });
