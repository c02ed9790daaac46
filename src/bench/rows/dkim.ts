import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench, Row } from '../bench.ts';
import { openPool } from '../contenders.ts';
import { openHouse, type House } from '../house.ts';
import { product } from '../product.ts';
import { DOMAIN } from '../site.ts';
import { openNodeSink } from '../sinks/node-sink.ts';
import type { Sink } from '../sinks/sink.ts';
import { takeTurns, warmUp, type Turn } from '../take-turns.ts';

type KeyKind = 'RSA-2048' | 'Ed25519';

const SELECTOR = 'bench';

/** Signed mail against Nodemailer's, which signs with the same RSA key; it cannot sign with Ed25519. */
export const dkim: Row = {
  name: 'dkim',
  title: 'Mail signed with DKIM',
  seconds: ({ rounds, readers }) => 20 + rounds * readers * 0.0009,
  async run(bench) {
    const sink = await openNodeSink(bench.workshop, { chunking: true });
    const keyFile = await makeKey(bench, 'RSA-2048');
    const rsa = await openSigning(bench, sink, keyFile);
    const ed25519 = await openSigning(bench, sink, await makeKey(bench, 'Ed25519'));
    const pool = {
      workshop: bench.workshop,
      port: sink.port,
      rendered: (await rsa.prepare('sample')).rendered,
      dkim: { domain: DOMAIN, selector: SELECTOR, keyFile },
    };
    const mails = Math.ceil(bench.readers / 4);
    const turns: Turn[] = [
      { contender: await openPool('mail', pool), sink, mails: Math.ceil(bench.readers / 16) },
      { contender: product(rsa, [await rsa.startWorker()], { name: 'RSA-2048' }), sink, mails },
      { contender: product(ed25519, [await ed25519.startWorker()], { name: 'Ed25519' }), sink, mails },
    ];
    await warmUp(bench, turns);
    const results = await takeTurns(bench, turns);
    const kinds: readonly KeyKind[] = ['RSA-2048', 'Ed25519'];
    return [
      ...kinds.flatMap((kind) => results.over(kind, 'a', `dkim/${kind} over a`, `${kind} ÷ a with RSA-2048`)),
      ...['a', ...kinds].flatMap((name) => results.figuresOf(name, `dkim/${name}`, name)),
    ];
  },
};

const openSigning = (bench: Bench, sink: Sink, keyFile: string): Promise<House> =>
  openHouse(bench.workshop, {
    smtpPort: sink.port,
    settings: {
      PARTWORK_DKIM_DOMAIN: DOMAIN,
      PARTWORK_DKIM_SELECTOR: SELECTOR,
      PARTWORK_DKIM_KEY_FILE: keyFile,
    },
  });

async function makeKey({ workshop }: Bench, kind: KeyKind): Promise<string> {
  const { privateKey } =
    kind === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const file = join(await workshop.folder(), 'key.pem');
  await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return file;
}
