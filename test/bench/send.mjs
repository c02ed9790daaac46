// How fast one process hands an issue to a mail server, against the plain way to do it with the same library:
// interleaved rounds in one run, and the median of the rounds' ratios. Absolute rates are the machine's, ratios are ours.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createTransport } from 'nodemailer';
import { compileMessage } from '../../dist/src/mail/compile-message.js';
import { parseSmtpUrl } from '../../dist/src/mail/parse-smtp-url.js';
import { openSmtpTransport } from '../../dist/src/mail/smtp-transport.js';

const ROUNDS = 5;
const MAILS = 3_000;
const CONNECTIONS = 10;
const PARAGRAPH = '茶葉要先醒，水要先滾，人要先坐下來。第一泡不喝，只是打個招呼。';

const text = Array.from({ length: 60 }, (_, n) => `${n}. ${PARAGRAPH}`).join('\n\n');
const html = Array.from({ length: 200 }, (_, n) => `<p style="margin:0 0 16px">${n}. ${PARAGRAPH}</p>`).join(
  '\n',
);
const from = { name: '茶信', address: 'letters@example.com' };
const unsubscribe = (n) => `https://letters.example.com/u/tea/${String(n).padStart(38, 'x')}`;

const rendered = {
  hash: 'f'.repeat(32),
  series: 'tea',
  issue: 'water',
  seriesTitle: '茶的五封信',
  language: 'zh-Hant',
  from,
  subject: '水與火：第四封信',
  html: [html, 'unsubscribeUrl', '</body>'],
  text: [text, 'unsubscribeUrl', '\n'],
  greeting: { named: '{name}，您好：', plain: '您好：' },
};

const shown = ({ rate, cpu }) => `${Math.round(rate)}/s, ${Math.round(cpu)} µs CPU`;

/** Runs `send` MAILS times over a few lanes more than there are connections; messages a second, and CPU µs a message. */
async function measure(send) {
  const cpu = process.cpuUsage();
  const began = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < MAILS) await send(next++);
  };
  await Promise.all(Array.from({ length: 2 * CONNECTIONS }, lane));
  const { user, system } = process.cpuUsage(cpu);
  return { rate: (MAILS / (performance.now() - began)) * 1_000, cpu: (user + system) / MAILS };
}

function plainWay(port) {
  const pool = createTransport({
    host: '127.0.0.1',
    port,
    pool: true,
    maxConnections: CONNECTIONS,
    maxMessages: Infinity,
    ignoreTLS: true,
  });
  const send = (n) =>
    pool.sendMail({
      from,
      to: `reader${n}@example.com`,
      subject: rendered.subject,
      html: html + unsubscribe(n),
      text: text + unsubscribe(n),
      list: { unsubscribe: unsubscribe(n) },
    });
  return { send, close: async () => pool.close() };
}

function ourWay(port) {
  const { settings } = parseSmtpUrl(`smtp://127.0.0.1:${port}?connections=${CONNECTIONS}`);
  const transport = openSmtpTransport({ ...settings, mailsPerConnection: Infinity });
  const message = compileMessage(rendered, { domain: 'letters.example.com' });
  const send = (n) => {
    const url = unsubscribe(n);
    const to = { name: '', address: `reader${n}@example.com` };
    const fields = {
      to,
      messageId: `<${n}@example.com>`,
      date: 0,
      unsubscribeUrl: url,
      readerUrl: url,
      webUrl: url,
    };
    return transport.send({
      from: from.address,
      to: to.address,
      bytes: (slab) => message.write(slab, fields),
    });
  };
  return { send, close: () => transport.close() };
}

const sink = spawn(process.execPath, [new URL('sink.mjs', import.meta.url).pathname], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [port] = await once(sink.stdout, 'data');
const ways = { plain: plainWay(Number(port)), ours: ourWay(Number(port)) };
for (const way of Object.values(ways)) await measure(way.send);

const ratios = [];
for (let round = 1; round <= ROUNDS; round++) {
  const plain = await measure(ways.plain.send);
  const ours = await measure(ways.ours.send);
  ratios.push({ rate: ours.rate / plain.rate, cpu: plain.cpu / ours.cpu });
  console.log(`round ${round}: sendMail ${shown(plain)}; Partwork ${shown(ours)}`);
}
const median = (key) => ratios.map((ratio) => ratio[key]).toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)];
console.log(
  `Partwork over Nodemailer's pooled sendMail: ${median('rate').toFixed(1)} times the rate, ${median('cpu').toFixed(1)} times less CPU (medians of ${ROUNDS} rounds).`,
);
for (const way of Object.values(ways)) await way.close();
sink.kill();
