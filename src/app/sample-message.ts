import type { Config } from '../config.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { EmailAddress } from '../domain/email-address.ts';
import type { RenderedIssue, SlotName } from '../domain/rendered-issue.ts';
import type { SubscriberId } from '../domain/subscriber.ts';
import type { DkimSigner } from '../mail/dkim/dkim-signer.ts';
import { mailDomain } from './mail-domain.ts';

/** The message a made-up reader would get, and what its slots hold. */
export interface SampleMessage {
  readonly bytes: Buffer;
  readonly slots: Readonly<Record<SlotName, string>>;
}

const SAMPLE_READER = 'reader@example.com' as EmailAddress;
const SAMPLE_ID = 'aaaaaaaaaaaaaaaa' as SubscriberId;
const SAMPLE_SECRET = 'links in samples lead nowhere';

/** Made as issues are when they are sent, and signed when there is a key. */
export async function sampleMessage(
  config: Config,
  rendered: RenderedIssue,
  dkim: DkimSigner | undefined,
): Promise<SampleMessage> {
  const { compileMessage } = await import('../mail/compile-message.ts');
  const { readerFields } = await import('../mail/reader-links.ts');
  const { signInSlab } = await import('../mail/dkim/sign-in-slab.ts');
  const { Slab } = await import('../mail/slab.ts');
  const domain = mailDomain(config);
  const { baseUrl, secrets } = config;
  const fields = readerFields({ baseUrl, domain, secrets: secrets.length > 0 ? secrets : [SAMPLE_SECRET] })(
    sampleDelivery(rendered),
  );
  const message = compileMessage(rendered, { domain });
  if (message.kind === 'refused') throw new Error(message.reason);
  const slab = new Slab();
  const { unsubscribeUrl, readerUrl, webUrl } = fields;
  return {
    bytes:
      dkim === undefined
        ? message.write(slab, fields)
        : await signInSlab(slab, dkim, (room) => message.write(slab, fields, room)),
    slots: { unsubscribeUrl, readerUrl, webUrl, greeting: rendered.greeting.plain },
  };
}

function sampleDelivery({ series, issue, hash }: RenderedIssue): Delivery {
  const now = Date.now();
  return {
    series,
    issue,
    subscriber: SAMPLE_ID,
    token: 'sample',
    attempt: 1,
    round: 0,
    address: SAMPLE_READER,
    name: '',
    rendered: hash,
    datedAt: now,
    firstTriedAt: now,
  };
}
