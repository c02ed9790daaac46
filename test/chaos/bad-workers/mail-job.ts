import type { ConnectionOptions } from 'bullmq';
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';

/** One issue for one reader, as the workers here have it in their queue. */
export interface MailJob {
  readonly series: string;
  readonly issue: string;
  readonly address: string;
}

export const JOBS = 'mails';

const SENT_AT = new Date('2026-01-01T00:00:00Z');
const SENTENCES = 40;

export const queueConnection = ({ REDIS_URL = '' }: NodeJS.ProcessEnv): ConnectionOptions => ({
  path: new URL(REDIS_URL).pathname,
  maxRetriesPerRequest: null,
});

export function transportOf({ SMTP_URL = '' }: NodeJS.ProcessEnv): Transporter {
  const { hostname, port, searchParams } = new URL(SMTP_URL);
  return createTransport({
    host: hostname,
    port: Number(port),
    name: searchParams.get('name') ?? 'worker',
    pool: true,
    maxConnections: Number(searchParams.get('connections')),
    maxMessages: Number.MAX_SAFE_INTEGER,
    ignoreTLS: true,
  });
}

/** The same bytes each time, as far as that goes; only the order and the number of the mails are what these workers get wrong. */
export const messageFor = ({ series, issue, address }: MailJob): SendMailOptions => ({
  from: 'harbour@example.com',
  to: address,
  subject: `The issue ${issue}`,
  date: SENT_AT,
  messageId: `<${issue}.${address}>`,
  headers: { 'Feedback-ID': `${issue}:${series}:issue:example-com` },
  text: `This is ${issue}. `.repeat(SENTENCES),
});
