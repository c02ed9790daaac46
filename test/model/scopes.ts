import type { Guard } from './ledger-model.ts';
import type { Budgets, Scope } from './world.ts';

const NOTHING: Budgets = {
  crash: 0,
  timeout: 0,
  edit: 0,
  leave: 0,
  comeBack: 0,
  suppress: 0,
  erase: 0,
  pause: 0,
  cut: 0,
  refuse: 0,
  absent: 0,
  decide: 0,
  resend: 0,
};

const scope = (budgets: Partial<Budgets>, more: Partial<Omit<Scope, 'budgets'>> = {}): Scope => ({
  edits: [],
  onUncertain: 'resend',
  ...more,
  budgets: { ...NOTHING, ...budgets },
});

/** What may go wrong together, for one reader with two issues and two workers. */
export const SCOPES: Readonly<Record<string, Scope>> = {
  'crashes, timeouts and cut lines': scope({ crash: 1, timeout: 1, cut: 1 }),
  'a timeout': scope({ timeout: 1 }),
  'refusals and an absent server': scope({ crash: 1, refuse: 1, absent: 1 }),
  'leaving and coming back': scope({ leave: 1, comeBack: 1, cut: 1 }),
  'suppression and erasure': scope({ crash: 1, suppress: 1, erase: 1 }),
  'a reader’s break': scope({ pause: 1, refuse: 1, crash: 1 }),
  'uncertain copies that are held': scope(
    { leave: 1, comeBack: 1, cut: 1, decide: 1 },
    { onUncertain: 'hold' },
  ),
  'new issues': scope({ crash: 1, edit: 1 }, { edits: ['insert', 'prepend', 'append'] }),
  'issues taken out or worded anew': scope(
    { crash: 1, edit: 1 },
    { edits: ['take out the first', 'take out the last', 'word anew'] },
  ),
  'an issue put back': scope({ edit: 2 }, { edits: ['take out the first', 'put back at the end'] }),
  'a series paused': scope({ crash: 1, edit: 2 }, { edits: ['pause', 'resume'] }),
  'an issue sent again': scope({ refuse: 1, resend: 1, cut: 1 }),
  'an issue sent again, and held': scope(
    { refuse: 1, resend: 1, cut: 1, decide: 1 },
    { onUncertain: 'hold' },
  ),
  'an issue sent again to who leaves': scope({ refuse: 1, resend: 1, leave: 1, comeBack: 1 }),
  'an issue sent again to who takes a break': scope({ refuse: 1, resend: 1, pause: 1 }),
  'two issues sent again': scope({ refuse: 2, resend: 2 }),
  'an issue sent again, and new issues': scope(
    { refuse: 1, resend: 1, edit: 1 },
    { edits: ['insert', 'take out the first'] },
  ),
  'leaving during a change': scope(
    { leave: 1, comeBack: 1, edit: 1 },
    { edits: ['insert', 'take out the first'] },
  ),
};

/** What two readers go through side by side. */
export const PAIRED: Readonly<Record<string, Scope>> = {
  'a crash': scope({ crash: 1 }),
  'a timeout': scope({ timeout: 1 }),
  'a reader who leaves and comes back': scope({ leave: 1, comeBack: 1 }),
  'an edit': scope({ edit: 1 }, { edits: ['take out the first'] }),
  'a crash, a series paused': scope({ crash: 1, edit: 1 }, { edits: ['pause'] }),
  'a reader’s break': scope({ pause: 1 }),
};

/** For each guard, where the search must find what it is for, and the promise that breaks. */
export const MISSED: readonly (readonly [Guard, keyof typeof SCOPES, string])[] = [
  ['settle looks at the token', 'crashes, timeouts and cut lines', 'fence'],
  ['submit looks at the token', 'crashes, timeouts and cut lines', 'fence'],
  ['submit looks whether the reader is still here', 'issues taken out or worded anew', 'loss'],
  ['submit looks whether the series still runs', 'a series paused', 'consent'],
  ['submit notes what it grants', 'crashes, timeouts and cut lines', 'once'],
  ['a worker begins nothing under a lapsed claim', 'a timeout', 'fence'],
  ['claim looks at the subscription', 'leaving during a change', 'consent'],
  ['claim looks at suppressions', 'suppression and erasure', 'consent'],
  ['claim looks at the pause of a reader', 'a reader’s break', 'consent'],
  ['claim looks at what was had', 'an issue put back', 'once'],
  ['claim waits for the due time', 'crashes, timeouts and cut lines', 'patience'],
  ['claim gives a second lease', 'crashes, timeouts and cut lines', 'patience'],
  ['claim records the doubt', 'crashes, timeouts and cut lines', 'once'],
  ['a repeat has the same bytes', 'crashes, timeouts and cut lines', 'once'],
  ['settle refuses another plan', 'new issues', 'loss'],
  ['settle remembers for who has left', 'leaving and coming back', 'once'],
  ['settle keeps the gap', 'crashes, timeouts and cut lines', 'gap'],
  ['leave keeps what is going over', 'leaving and coming back', 'once'],
  ['leave keeps what is in doubt', 'leaving and coming back', 'once'],
  ['leave keeps the gap', 'leaving and coming back', 'gap'],
  ['a break takes back every claim', 'a reader’s break', 'consent'],
  ['join goes on after what was had', 'leaving and coming back', 'once'],
  ['join goes on after what is in doubt', 'uncertain copies that are held', 'once'],
  ['join goes back to what is going over', 'leaving during a change', 'once'],
  ['migrate lets stay what is going over', 'issues taken out or worded anew', 'order'],
  ['migrate leaves who is on a detour where they are', 'an issue sent again, and new issues', 'loss'],
  ['migrate moves where a detour ends', 'an issue sent again, and new issues', 'loss'],
  ['resend looks at what is under way', 'two issues sent again', 'order'],
  ['resend looks at what was had', 'two issues sent again', 'once'],
  ['resend looks at a doubt', 'an issue sent again', 'once'],
  ['resend keeps the gap', 'two issues sent again', 'gap'],
];
