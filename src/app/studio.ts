import { existsSync } from 'node:fs';
import type { Composer } from '../compose/render-issue.ts';
import type { Config } from '../config.ts';
import type { LoadedContent } from '../content/load-content.ts';
import type { Delivery } from '../domain/delivery.ts';
import { parseEmailAddress, type EmailAddress } from '../domain/email-address.ts';
import type { Mailbox } from '../domain/mailbox.ts';
import type { RenderedIssue, SlotName } from '../domain/rendered-issue.ts';
import type { SubscriberId } from '../domain/subscriber.ts';

/** The writer's side: content and composer. Needs no ledger. */
export interface Studio {
  readonly config: Config;
  load(): Promise<LoadedContent>;
  composer(): Promise<Composer>;
  /** The message a made-up reader would get, and what its slots hold. */
  sampleMessage(rendered: RenderedIssue): Promise<SampleMessage>;
}

export interface SampleMessage {
  readonly bytes: Buffer;
  readonly slots: Readonly<Record<SlotName, string>>;
}

const SAMPLE_READER = 'reader@example.com' as EmailAddress;
const SAMPLE_ID = 'aaaaaaaaaaaaaaaa' as SubscriberId;
const SAMPLE_SECRET = 'links in samples lead nowhere';

/** Sender of a series that names none, where none is configured: good for a local inbox, refused by real servers. */
const LOCAL_SENDER = 'newsletter@partwork.localhost.localdomain' as EmailAddress;

export function openStudio(config: Config): Studio {
  return {
    config,
    async load() {
      const { loadContent } = await import('../content/load-content.ts');
      const { language, timezone } = config;
      return loadContent({
        root: config.contentFolder,
        defaults: { language, timezone, from: senderOf(config) },
      });
    },
    async composer() {
      const { createComposer } = await import('../compose/render-issue.ts');
      const { templatesFolder, postalAddress, siteUrl } = config;
      return createComposer({
        postalAddress,
        ...(existsSync(templatesFolder) && { templatesFolder }),
        ...(siteUrl !== undefined && { siteUrl }),
      });
    },
    sampleMessage: (rendered) => sampleMessage(config, rendered),
  };
}

/** With a mail server configured, a series must say who it is from; the local inbox takes any sender. */
export const senderOf = ({ from }: Config): Mailbox => from ?? { name: 'Partwork', address: LOCAL_SENDER };

/** What List-Ids and Message-IDs stand under. */
export function mailDomain(config: Config): string {
  const { hostname } = new URL(config.baseUrl);
  return parseEmailAddress(`x@${hostname}`) === undefined ? 'partwork.localdomain' : hostname;
}

async function sampleMessage(config: Config, rendered: RenderedIssue): Promise<SampleMessage> {
  const { compileMessage } = await import('../mail/compile-message.ts');
  const { readerFields } = await import('../mail/reader-links.ts');
  const { Slab } = await import('../mail/slab.ts');
  const domain = mailDomain(config);
  const { baseUrl, secrets } = config;
  const fields = readerFields({ baseUrl, domain, secrets: secrets.length > 0 ? secrets : [SAMPLE_SECRET] })(
    sampleDelivery(rendered),
  );
  const message = compileMessage(rendered, { domain });
  if (message.kind === 'refused') throw new Error(message.reason);
  const { unsubscribeUrl, readerUrl, webUrl } = fields;
  return {
    bytes: message.write(new Slab(), fields),
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
    address: SAMPLE_READER,
    name: '',
    rendered: hash,
    datedAt: now,
    firstTriedAt: now,
  };
}
