// What a domain that tarpits costs everybody else: the rate of the others with it, over their rate without it, in rounds that take turns.
// `npm run bench:tarpit -- [readers] [readers at the tarpit] [its seconds] [rounds]`.
import { median } from '../../dist/src/bench/statistics.js';
import { openInstallation, until } from './installation.mjs';

const [readers = 20_000, stuck = 400, seconds = 5, rounds = 3] = process.argv.slice(2).map(Number);
const ANSWER_MS = 3;
const DOMAINS = 40;

const addresses = {
  without: Array.from({ length: readers }, (_, n) => `reader-${n}@domain-${n % DOMAINS}.example`),
  stuck: Array.from({ length: stuck }, (_, n) => `reader-${n}@tar.example`),
};
const house = await openInstallation({ sink: ['tarpit-sink.mjs', seconds * 1_000, ANSWER_MS] });
const { seen } = house;

/** Mails a second to everybody but the tarpit. */
async function rateOf(name, all) {
  await house.join(name, all);
  const before = seen.taken;
  await house.schedule(name);
  await until(() => seen.taken > before);
  const began = performance.now();
  // The last ones come in small batches; what is measured is the flow.
  await until(() => seen.taken - before >= readers * 0.9);
  const rate = (readers * 0.9) / ((performance.now() - began) / 1_000);
  await until(() => seen.taken - before >= readers);
  return rate;
}

try {
  house.run('work');
  const ratios = [];
  for (let round = 1; round <= rounds; round++) {
    const alone = await rateOf(`alone-${round}`, addresses.without);
    // In between, so that the worker meets them all the time.
    const mixed = addresses.without.flatMap((address, n) => {
      const every = Math.floor(readers / stuck);
      return n % every === 0 ? [address, addresses.stuck[n / every]].filter(Boolean) : [address];
    });
    const beside = await rateOf(`beside-${round}`, mixed);
    ratios.push(beside / alone);
    console.log(
      `round ${round}: ${Math.round(alone)}/s alone, ${Math.round(beside)}/s beside ${stuck} readers at a domain of ${seconds} s a mail: ${(beside / alone).toFixed(2)}`,
    );
  }
  console.log(`median ${median(ratios).toFixed(2)} of the rate`);
} finally {
  await house.close();
}
