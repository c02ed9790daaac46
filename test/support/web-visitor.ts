import { setTimeout as sleep } from 'node:timers/promises';
import { formsIn, type PageForm } from './page-forms.ts';
import { patiently } from './patiently.ts';
import { isLinkedTo, linkIn, type ReceivedMail } from './received-mail.ts';
import type { RunningPartwork } from './running-partwork.ts';

/** Sends a form with some of its fields filled in. */
export type SendForm = (
  values: Readonly<Record<string, string>>,
  headers?: Readonly<Record<string, string>>,
) => Promise<Response>;

/** A form filled in faster than this is no person's. */
const READING_MS = 3_200;

/** Reads the sign-up form of a series, and lets the time pass that a person needs. It may be sent often. */
export async function openSignupForm({ url }: RunningPartwork, series: string): Promise<SendForm> {
  const page = `${url}/s/${encodeURIComponent(series)}`;
  const form = await formOn(page, ({ action }) => action.endsWith('/subscribe'));
  await sleep(READING_MS);
  return (values, headers) => send(form, values, headers);
}

export async function formOn(
  page: string,
  isWanted: (form: PageForm) => boolean = () => true,
): Promise<PageForm> {
  const html = await (await fetch(page)).text();
  const form = formsIn(html, page).find((one) => one.method === 'post' && isWanted(one));
  if (form === undefined) throw new Error(`There is no such form on ${page}: ${html}`);
  return form;
}

/** As a browser sends it: all its fields, nothing else, no redirect followed. */
export function send(
  { action, fields }: PageForm,
  values: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const body = new URLSearchParams();
  for (const { name, value } of fields) body.append(name, values[name] ?? value);
  for (const [name, value] of Object.entries(values)) if (!body.has(name)) body.append(name, value);
  return patiently(() => fetch(action, { method: 'POST', body, headers, redirect: 'manual' }));
}

/** Another client network each time, as the proxy in front tells it. */
export function fromAnotherNetwork(): Record<string, string> {
  networks += 1;
  return { 'X-Forwarded-For': `10.${(networks >> 8) & 255}.${networks & 255}.7` };
}
let networks = 0;

/** Signs up, presses the button of the letter and that of its page, and waits for the first issue. */
export async function subscribe(
  partwork: RunningPartwork,
  sendForm: SendForm,
  address: string,
): Promise<{ readonly letter: ReceivedMail; readonly issue: ReceivedMail }> {
  const known = new Set((await partwork.mails(address)).map(({ raw }) => raw));
  const isNew = ({ raw }: ReceivedMail) => !known.has(raw);
  const answer = await sendForm({ address }, fromAnotherNetwork());
  if (answer.status !== 200) throw new Error(`The form answers ${answer.status}: ${await answer.text()}`);
  const letter = await partwork.waitForMail(address, (mail) => isNew(mail) && isLinkedTo('c')(mail));
  const confirmed = await send(await formOn(linkIn(letter, 'c')));
  if (confirmed.status >= 400) throw new Error(`Confirming answers ${confirmed.status}.`);
  const issue = await partwork.waitForMail(address, (mail) => isNew(mail) && mail.oneClickUrl !== undefined);
  return { letter, issue };
}
