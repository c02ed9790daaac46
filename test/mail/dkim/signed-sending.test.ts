import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished, expect, test } from 'vitest';
import type { Delivery } from '../../../src/domain/delivery.ts';
import type { EmailAddress } from '../../../src/domain/email-address.ts';
import { openDkimSigner, type DkimSigner } from '../../../src/mail/dkim/dkim-signer.ts';
import { openIssueSender } from '../../../src/mail/issue-sender.ts';
import { parseSmtpUrl } from '../../../src/mail/parse-smtp-url.ts';
import { openSmtpTransport } from '../../../src/mail/smtp-transport.ts';
import { ed25519Key, rsaKey, verdicts } from '../../support/dkim-keys.ts';
import { ashFields, renderedGarden } from '../../support/rendered-garden.ts';
import { startSmtp, type SmtpScript } from '../../support/smtp-server.ts';

const READERS = 40;
const CLEARED = { mayLeave: () => Promise.resolve(true), mayStillLeave: () => true };
const keys = [rsaKey('one'), ed25519Key('two')];
const signer = openDkimSigner(keys.map(({ key }) => key));

/** Signs as late as a machine under load would, and the first asked not as the first. */
const slowly: DkimSigner = {
  ...signer,
  async sign(message) {
    const fields = await signer.sign(message);
    await sleep(message.length % 7);
    return fields;
  },
};

/** Breaks off at every place of a transaction, one mail after the other. */
const BREAKING: SmtpScript = ({ at, mail }) => {
  const broken = { 2: 'mail', 5: 'rcpt', 8: 'data', 11: 'body' }[mail % 12];
  if (at === 'data' && mail % 12 === 0) return { dropAfterBytes: 500 };
  return at === broken ? { drop: true } : undefined;
};

test.each([
  ['a server that takes all', signer, () => undefined],
  ['slow signatures', slowly, () => undefined],
  ['slow signatures, and a server that breaks off', slowly, BREAKING],
] as [string, DkimSigner, SmtpScript][])(
  'what arrives is whole and signed: %s',
  async (_what, dkim, script) => {
    const { smtp, send } = await open(dkim, script);
    const readers = Array.from({ length: READERS }, (_, n) => `Reader ${'x'.repeat(n + 1)}`);
    await Promise.all(readers.map(send));

    const verified = new Map<string, Buffer>();
    for (const { message } of smtp.transactions) {
      expect(await verdicts(message, keys)).toEqual(['one: pass', 'two: pass']);
      const reader = /^To: (Reader x+)/m.exec(message.toString())?.[1] ?? '';
      // A mail that was cut off behind its last byte comes again, byte for byte.
      expect(verified.get(reader)?.equals(message) ?? true).toBe(true);
      verified.set(reader, message);
    }
    expect([...verified.keys()].toSorted()).toEqual(readers.toSorted());
  },
);

async function open(dkim: DkimSigner, script: SmtpScript) {
  const smtp = await startSmtp({ script });
  const parsed = parseSmtpUrl(`${smtp.url}?connections=3`);
  if (parsed.kind === 'refused') throw new Error(parsed.reason);
  const sender = openIssueSender({
    transport: openSmtpTransport(parsed.settings),
    mailsTo: 'the test',
    settings: { domain: 'letters.example.com' },
    rendered: () => Promise.resolve(renderedGarden()),
    fieldsOf: ({ name, address }) => ashFields({ to: { name, address } }),
    dkim,
  });
  onTestFinished(async () => {
    await sender.close();
    await smtp.close();
  });
  const send = async (name: string): Promise<void> => {
    const delivery = { name, address: 'ash@example.com' as EmailAddress, rendered: 'x' } as Delivery;
    let sent = await sender.send(delivery, CLEARED);
    while (typeof sent === 'string' || sent.kind === 'lost') sent = await sender.send(delivery, CLEARED);
  };
  return { smtp, send };
}
