import type { LintContext } from '../lint-context.ts';
import { fieldsNamed, type Message } from '../message/message.ts';
import { parameterOf } from '../message/raw-parts.ts';
import type { Finding, Rule } from '../rule.ts';

/** RFC 8058 §4 asks for both List-Unsubscribe fields; the others are what a forger would change (RFC 6376 §5.4.1). */
const COVERED = (
  'From To Reply-To Subject Date Message-ID MIME-Version Content-Type ' +
  'List-Id List-Unsubscribe List-Unsubscribe-Post'
).split(' ');
const REPORT = 'Please report this: Partwork signs these fields itself.';

/** The signature made here is the one that is set up, and covers every field that mail programs act on. */
export const dkim: Rule = {
  name: 'dkim',
  severity: 'error',
  check(message, { dkim, series }) {
    if (dkim === undefined) return [];
    const signatures = fieldsNamed(message, 'DKIM-Signature').map(({ value }) => `;${value}`);
    const ours = signatures.find(
      (value) => tag(value, 'd') === dkim.domain && tag(value, 's') === dkim.selector,
    );
    if (ours === undefined) return [unsigned(dkim)];
    return [...uncovered(message, ours), ...partial(ours), ...unaligned(message, dkim.domain, series.file)];
  },
};

const tag = (value: string, name: string): string => parameterOf(value, name).replace(/\s+/g, '');

const unsigned = ({ domain, selector }: NonNullable<LintContext['dkim']>): Finding => ({
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
