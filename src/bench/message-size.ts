import type { RenderedIssue } from '../domain/rendered-issue.ts';
import { compileMessage } from '../mail/compile-message.ts';
import { Slab } from '../mail/slab.ts';
import { deliveryTo } from './senders/sender-job.ts';
import { DOMAIN, readerFieldsOf } from './site.ts';

/** Bytes of one reader's message on the wire. */
export function messageSize(rendered: RenderedIssue): number {
  const message = compileMessage(rendered, { domain: DOMAIN });
  if (message.kind === 'refused') throw new Error(message.reason);
  return message.write(new Slab(), readerFieldsOf()(deliveryTo(1, { run: 'size', rendered }))).length;
}
