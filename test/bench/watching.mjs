// What watching costs the senders: the rate with a dashboard open, `partwork watch` running and Prometheus scraping, over the rate without,
// in rounds that take turns; and what Redis does for it. `npm run bench:watching -- [readers] [ms until the server answers] [rounds]`.
import { request } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectRedis } from '../../dist/src/store/connect-redis.js';
import { median, openInstallation, until } from './installation.mjs';

const [readers = 30_000, answerMs = 0, rounds = 5] = process.argv.slice(2).map(Number);
const CONNECTIONS = 10;
const SCRAPE_MS = 15_000;
const SECRET = 'a secret of the bench that is long enough';

const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const house = await openInstallation({
  sink: ['strict-sink.mjs', CONNECTIONS, answerMs],
  env: { PORT: String(port), BASE_URL: url, PARTWORK_ADMIN_SECRET: SECRET, PARTWORK_SECRET: SECRET },
});
const { seen } = house;

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Opens the dashboard as a browser does; ends with `end()`. */
async function openDashboard() {
  const answer = await fetch(`${url}/admin/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ secret: SECRET }),
    headers: { 'Sec-Fetch-Site': 'same-origin', Accept: 'text/html' },
    redirect: 'manual',
  });
  const cookie = answer.headers.getSetCookie()[0].split(';', 1)[0];
  const stream = request(`${url}/admin/live/overview`, { headers: { Cookie: cookie } });
  const open = await new Promise((resolve, reject) => {
    stream.on('response', resolve).on('error', reject).end();
  });
  if (open.statusCode !== 200) throw new Error(`The dashboard says ${open.statusCode}.`);
  let bytes = 0;
  open.on('data', (chunk) => (bytes += chunk.length)).on('error', () => undefined);
  return { end: () => stream.destroy(), bytes: () => bytes };
}

const scrape = async () => {
  const answer = await fetch(`${url}/metrics`, { headers: { Authorization: `Bearer ${SECRET}` } });
  if (!answer.ok) throw new Error(`/metrics says ${answer.status}.`);
  await answer.text();
};

async function untilServed() {
  for (;;) {
    const isThere = await fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return;
    await sleep(50);
  }
}

async function startWatching() {
  const serve = house.run('serve');
  await untilServed();
  const watch = house.run('watch');
  const dashboard = await openDashboard();
  await scrape();
  const scrapes = setInterval(() => void scrape(), SCRAPE_MS);
  return {
    bytes: dashboard.bytes,
    async end() {
      clearInterval(scrapes);
      dashboard.end();
      await house.end(watch);
      await house.end(serve);
    },
  };
}

/** Mails a second, and seconds of Redis' CPU for each of them. */
async function measure(name) {
  await house.join(
    name,
    Array.from({ length: readers }, (_, n) => `reader-${n}@domain-${n % 40}.example`),
  );
  const before = seen.taken;
  await house.schedule(name);
  await until(() => seen.taken > before);
  const began = { at: performance.now(), cpu: await redisSeconds() };
  await until(() => seen.taken - before >= readers * 0.95);
  const seconds = (performance.now() - began.at) / 1_000;
  const cpu = (await redisSeconds()) - began.cpu;
  await until(() => seen.taken - before >= readers);
  await sleep(500);
  return { rate: (readers * 0.95) / seconds, redis: cpu / (readers * 0.95) };
}

const redis = connectRedis(house.app.queueConnection.path, { name: 'bench' });
async function redisSeconds() {
  const info = await redis.info('cpu');
  const of = (what) => Number(new RegExp(`used_cpu_${what}:([\\d.]+)`).exec(info)[1]);
  return of('sys') + of('user');
}

try {
  house.run('work');
  await measure('warm-up');
  const ratios = [];
  const costs = [];
  for (let round = 1; round <= rounds; round++) {
    const alone = await measure(`alone-${round}`);
    const watchers = await startWatching();
    const watched = await measure(`watched-${round}`);
    await watchers.end();
    ratios.push(watched.rate / alone.rate);
    costs.push(watched.redis / alone.redis);
    console.log(
      `round ${round}: ${Math.round(alone.rate)}/s alone, ${Math.round(watched.rate)}/s watched: ${(watched.rate / alone.rate).toFixed(3)}; ` +
        `Redis ${(alone.redis * 1e6).toFixed(1)} and ${(watched.redis * 1e6).toFixed(1)} µs a mail`,
    );
  }
  console.log(`median ${median(ratios).toFixed(3)} of the rate, ${median(costs).toFixed(3)} of Redis' work`);
} finally {
  redis.disconnect();
  await house.close();
}
