import { fieldsNamed, type Message } from '../message/message.ts';
import { parameterOf } from '../message/raw-parts.ts';
import type { Finding, Rule } from '../rule.ts';

/** RFC 8058 §4 asks for both List-Unsubscribe fields; the others are what a forger would change (RFC 6376 §5.4.1). */
const COVERED = (
  'From To Reply-To Subject Date Message-ID MIME-Version Content-Type ' +
  'List-Id List-Unsubscribe List-Unsubscribe-Post'
).split(' ');
const REPORT = 'Please report this: Partwork signs these fields itself.';

/** The signatures made here are those that are set up, and cover every field that mail programs act on. */
export const dkim: Rule = {
  name: 'dkim',
  severity: 'error',
  check(message, { dkim, series }) {
    if (dkim === undefined) return [];
    const { domain, selectors } = dkim;
    const ours = selectors.map((selector) => signatureOf(message, domain, selector));
    const missing = selectors.filter((_selector, index) => ours[index] === undefined);
    if (missing.length > 0) return missing.map((selector) => unsigned(domain, selector));
    const signatures = ours.filter((signature) => signature !== undefined);
    return [
      ...signatures.flatMap((signature) => [...uncovered(message, signature), ...partial(signature)]),
      ...unverified(signatures),
      ...unaligned(message, domain, series.file),
    ];
  },
};

const tag = (value: string, name: string): string => parameterOf(value, name).replace(/\s+/g, '');

const signatureOf = (message: Message, domain: string, selector: string): string | undefined =>
  fieldsNamed(message, 'DKIM-Signature')
    .map(({ value }) => `;${value}`)
    .find((value) => tag(value, 'd') === domain && tag(value, 's') === selector);

const unsigned = (domain: string, selector: string): Finding => ({
  message: `The mail has no DKIM signature of ${selector}._domainkey.${domain}, although one is set up.`,
  fix: 'Check the PARTWORK_DKIM_ settings.',
  at: 'settings',
});

function uncovered(message: Message, signature: string): Finding[] {
  const covered = new Set(listTag(signature).map((name) => name.toLowerCase()));
  const open = COVERED.filter(
    (name) => fieldsNamed(message, name).length > 0 && !covered.has(name.toLowerCase()),
  );
  if (open.length === 0) return [];
  return [{ message: `The DKIM signature does not cover ${open.join(', ')}.`, fix: REPORT, at: 'settings' }];
}

/** `h=` may be folded between its names. */
const listTag = (signature: string): string[] =>
  (/;\s*h\s*=([^;]*)/i.exec(signature)?.[1] ?? '').replace(/\s+/g, '').split(':');

function partial(signature: string): Finding[] {
  if (parameterOf(signature, 'l') === '') return [];
  return [
    { message: 'The DKIM signature covers only a part of the body (l=).', fix: REPORT, at: 'settings' },
  ];
}

/** RFC 8463 is of 2018, and the largest mailbox providers still pass over a signature of that kind. */
function unverified(signatures: readonly string[]): Finding[] {
  if (signatures.some((signature) => tag(signature, 'a').startsWith('rsa-'))) return [];
  return [
    {
      severity: 'warning',
      message: 'Mail is signed with Ed25519 only, which many receivers do not verify.',
      fix: 'Add an RSA key, with a selector of its own (PARTWORK_DKIM_SELECTOR, PARTWORK_DKIM_KEY_FILE).',
      at: 'settings',
    },
  ];
}

/** DMARC, relaxed (RFC 7489 §3.1.1), without a list of public suffixes: one domain is the other or lies below it. */
function unaligned({ from }: Message, domain: string, file: string): Finding[] {
  const sender = from?.address.slice(from.address.lastIndexOf('@') + 1).toLowerCase() ?? '';
  const signer = domain.toLowerCase();
  if (sender === signer || sender.endsWith(`.${signer}`) || signer.endsWith(`.${sender}`)) return [];
  return [
    {
      severity: 'warning',
      message: `Mail from ${sender} is signed by ${signer}; receivers that ask for DMARC do not accept that.`,
      fix: `Sign with a key of ${sender}, or send from an address of ${signer} (\`from\` in ${file}).`,
      at: 'series',
    },
  ];
}
