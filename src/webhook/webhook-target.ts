import { createHash } from 'node:crypto';

/** A URL that notices are posted to. */
export interface WebhookTarget {
  /** The same for the same URL, and says nothing of it: URLs of webhooks are secrets. */
  readonly id: string;
  readonly url: URL;
}

export const webhookTarget = (url: string): WebhookTarget => ({
  id: `webhook-${createHash('sha256').update(new URL(url).href).digest('hex').slice(0, 16)}`,
  url: new URL(url),
});
