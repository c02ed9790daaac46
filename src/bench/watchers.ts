import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPartwork, type PartworkProcess, type Place } from './partwork-process.ts';
import type { Workshop } from './workshop.ts';

const SCRAPE_MS = 15_000;
const LOOK_MS = 50;

export interface Watched {
  readonly place: Place;
  readonly url: string;
  readonly adminSecret: string;
}

/** The dashboard open in a browser, `partwork watch`, and Prometheus asking every fifteen seconds. Returns what ends it all. */
export async function startWatching(workshop: Workshop, watched: Watched): Promise<() => Promise<void>> {
  const { place } = watched;
  const log = join(place.folder, 'serve.log');
  const serve = startPartwork(workshop, place, ['serve'], log);
  await untilServed(watched, serve, log);
  const watch = startPartwork(workshop, place, ['watch'], join(place.folder, 'watch.log'));
  const closeDashboard = await openDashboard(watched);
  await scrape(watched);
  let failure: Error | undefined;
  const scrapes = setInterval(
    () => void scrape(watched).catch((error: Error) => (failure = error)),
    SCRAPE_MS,
  );
  return async () => {
    clearInterval(scrapes);
    closeDashboard();
    await watch.end();
    await serve.end();
    if (failure !== undefined) throw failure;
  };
}

async function untilServed({ url }: Watched, serve: PartworkProcess, log: string): Promise<void> {
  for (;;) {
    const isThere = await fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return;
    if (serve.hasEnded) throw new Error(`\`partwork serve\` has ended: ${await readFile(log, 'utf8')}`);
    await sleep(LOOK_MS);
  }
}

/** Signs in and listens to what changes, as the page does. */
async function openDashboard({ url, adminSecret }: Watched): Promise<() => void> {
  const answer = await fetch(`${url}/admin/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ secret: adminSecret }),
    headers: { 'Sec-Fetch-Site': 'same-origin', Accept: 'text/html' },
    redirect: 'manual',
  });
  const [cookie = ''] = (answer.headers.getSetCookie()[0] ?? '').split(';', 1);
  const stream = request(`${url}/admin/live/overview`, { headers: { Cookie: cookie } });
  const status = await new Promise<number | undefined>((resolve, reject) => {
    stream.on('error', reject).end();
    stream.on('response', (response) => {
      response.resume().on('error', () => undefined);
      resolve(response.statusCode);
    });
  });
  if (status !== 200) throw new Error(`The dashboard says ${status}.`);
  return () => void stream.destroy();
}

async function scrape({ url, adminSecret }: Watched): Promise<void> {
  const answer = await fetch(`${url}/metrics`, { headers: { Authorization: `Bearer ${adminSecret}` } });
  if (!answer.ok) throw new Error(`/metrics says ${answer.status}.`);
  await answer.text();
}
