// How long somebody waits for a confirmation while a series goes to its readers: from the request to the mail server's having the
// letter, with a private Redis, one worker process and a server that takes ten connections and no more.
// `npm run bench:letters -- [readers] [letters] [ms until the server answers a message]`.
import { setTimeout as sleep } from 'node:timers/promises';
import { openInstallation, until } from './installation.mjs';

const [readers = 100_000, letters = 30, answerMs = 0] = process.argv.slice(2).map(Number);
const CONNECTIONS = 10;
const MOST_WAIT_MS = 60_000;
const SERIES = 'garden';
const PROSE = 'One of a great many sentences in a garden book, and the next one is like it.\n\n'.repeat(200);

const arrivals = new Map();
let refused = 0;
const house = await openInstallation({
  sink: ['strict-sink.mjs', CONNECTIONS, answerMs],
  onLine(what, value, at) {
    if (what === 'letter') arrivals.set(value, Number(at));
    if (what === 'full') refused += 1;
  },
});
const { app, seen } = house;

/** Somebody asks; ms until the mail server has the letter, or undefined when it does not come. */
async function confirmation(name) {
  const { id: subscriber, address } = house.reader(`${name}@example.com`);
  const began = Date.now();
  const at = await app.store.now();
  const signup = { series: SERIES, subscriber, address, name: '', language: 'en', source: 'form' };
  await app.store.signups.keep({ ...signup, requestedAt: at });
  await app.queues.addLetter({ kind: 'confirm', series: SERIES, subscriber, at });
  const hasCome = await until(() => arrivals.has(address), MOST_WAIT_MS);
  return hasCome ? arrivals.get(address) - began : undefined;
}

function told(name, times) {
  const sorted = times.map((ms) => ms ?? Infinity).toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  console.log(
    `${name}: ${times.length} confirmations, median ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${sorted.at(-1)} ms`,
  );
}

async function measure() {
  await house.schedule(SERIES, PROSE);
  const began = Date.now();
  const step = readers / (letters + 1);
  const whileItRuns = async (_, n) => {
    await until(() => seen.taken >= (n + 0.5) * step);
    return confirmation(`confirm-${n}`);
  };
  const waits = await Promise.all(Array.from({ length: letters }, whileItRuns));
  const isUnderWay = seen.taken < readers;
  await until(() => seen.taken >= readers);
  const seconds = (Date.now() - began) / 1_000;
  console.log(
    `${readers} issues in ${seconds.toFixed(0)} s (${Math.round(readers / seconds)}/s), ${refused} connections refused`,
  );
  if (!isUnderWay) console.log('Some confirmations came only after the last issue.');
  told('while it ran', waits);
  await sleep(2_000);
  const idle = [];
  for (let n = 0; n < 10; n++) idle.push(await confirmation(`confirm-idle-${n}`));
  told('afterwards', idle);
}

try {
  await house.join(
    SERIES,
    Array.from({ length: readers }, (_, n) => `reader-${n}@example.com`),
  );
  house.run('work');
  await measure();
} finally {
  await house.close();
}
