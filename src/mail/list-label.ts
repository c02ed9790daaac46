import { createHash } from 'node:crypto';

const PLAIN_LABEL = /^(?=.{1,40}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * A name as one stable ASCII label for List-Id and Feedback-ID: `garden` stays, `山城書簡` becomes `x-5f0c9a1e`. List-Ids are
 * compared without regard to case, hence the digest for anything but lower case.
 */
export function listLabel(name: string): string {
  if (PLAIN_LABEL.test(name)) return name;

  const digest = createHash('sha256').update(name.normalize('NFC')).digest('hex').slice(0, 8);
  const readable = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 30);
  return `${readable === '' ? 'x' : readable.replace(/-$/, '')}-${digest}`;
}
