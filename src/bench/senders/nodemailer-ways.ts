import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import { fillSlots } from '../../domain/rendered-issue.ts';
import { compileMessage } from '../../mail/compile-message.ts';
import { Slab } from '../../mail/slab.ts';
import { escapedForHtml } from '../../mail/slot-values.ts';
import { DOMAIN, readerFieldsOf } from '../site.ts';
import { deliveryTo, type SenderJob } from './sender-job.ts';

/** Sends reader number `n` their mail; `lane` is one of those that send side by side, from 0. */
export type Send = (n: number, lane: number) => Promise<unknown>;

export interface Way {
  readonly send: Send;
  close(): void;
}

/** What somebody writes who has Nodemailer and a list: `sendMail` with HTML and text, filled in for each reader, over a pool. */
export function mailWay(job: SenderJob): Way {
  const pool = openPool(job);
  const fieldsOf = readerFieldsOf();
  const { rendered } = job;
  return {
    close: () => pool.close(),
    send(n) {
      const delivery = deliveryTo(n, job);
      const { unsubscribeUrl, readerUrl, webUrl, messageId, to, archiveUrl = '' } = fieldsOf(delivery);
      const values = { greeting: rendered.greeting.plain, unsubscribeUrl, readerUrl, webUrl };
      return pool.sendMail({
        from: rendered.from,
        to: to.address,
        subject: rendered.subject,
        messageId,
        html: fillSlots(rendered.html, escapedForHtml(values)),
        text: fillSlots(rendered.text, values),
        list: {
          unsubscribe: unsubscribeUrl,
          archive: archiveUrl,
          id: { url: DOMAIN, comment: rendered.seriesTitle },
        },
        headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', Precedence: 'bulk' },
      });
    },
  };
}

/** The same pool, given our own spliced message as it is. */
export function rawWay(job: SenderJob): Way {
  const pool = openPool(job);
  const fieldsOf = readerFieldsOf();
  const message = compileMessage(job.rendered, { domain: DOMAIN });
  if (message.kind === 'refused') throw new Error(message.reason);
  const slabs = new Map<number, Slab>();
  return {
    close: () => pool.close(),
    send(n, lane) {
      const delivery = deliveryTo(n, job);
      const slab = slabs.get(lane) ?? new Slab();
      slabs.set(lane, slab);
      return pool.sendMail({
        envelope: { from: message.from, to: [delivery.address] },
        raw: message.write(slab, fieldsOf(delivery)),
      });
    },
  };
}

function openPool({ port, connections, dkim }: SenderJob) {
  return createTransport({
    host: '127.0.0.1',
    port,
    pool: true,
    maxConnections: connections,
    // Nodemailer would begin a new connection every hundred mails; it is quicker without.
    maxMessages: Infinity,
    ignoreTLS: true,
    ...(dkim !== undefined && {
      dkim: {
        domainName: dkim.domain,
        keySelector: dkim.selector,
        privateKey: readFileSync(dkim.keyFile, 'utf8'),
      },
    }),
  });
}
