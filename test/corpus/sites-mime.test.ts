import { spawnSync } from 'node:child_process';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { htmlFor, messageOf, textFor } from '../support/message-of.ts';
import { composeSite, siteNames } from './site-mails.ts';

const PYTHON = `
import sys, json, email, email.policy
mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
print(json.dumps({
  'subject': mail['subject'],
  'html': mail.get_body(('html',)).get_content(),
  'text': mail.get_body(('plain',)).get_content(),
  'defects': [str(d) for part in mail.walk() for d in part.defects],
}))`;
const hasPython = spawnSync('python3', ['--version']).status === 0;

const lines = (text = ''): string => text.replace(/\r\n/g, '\n').trimEnd();

describe.each(siteNames)('the messages of %s', (site) => {
  test('are the same to three parsers', async () => {
    const { mails } = await composeSite(site);
    for (const mail of mails.values()) {
      const bytes = messageOf(mail) ?? Buffer.of();
      const wanted = { subject: mail.subject, html: lines(htmlFor(mail)), text: lines(textFor(mail)) };

      const postal = await PostalMime.parse(bytes);
      expect({ subject: postal.subject, html: lines(postal.html), text: lines(postal.text) }).toEqual(wanted);

      const parsed = await simpleParser(bytes, { skipHtmlToText: true, skipTextToHtml: true });
      expect({
        subject: parsed.subject,
        html: lines(parsed.html || ''),
        text: lines(parsed.text),
      }).toEqual(wanted);

      const withoutDefects = { ...wanted, defects: [] };
      expect(asPythonReads(bytes) ?? withoutDefects).toEqual(withoutDefects);
    }
  });
});

/** Undefined where there is no Python. */
function asPythonReads(bytes: Buffer): object | undefined {
  if (!hasPython) return undefined;
  const { stdout, stderr, status } = spawnSync('python3', ['-c', PYTHON], { input: bytes });
  if (status !== 0) throw new Error(stderr.toString());
  const read = JSON.parse(stdout.toString()) as { html: string; text: string };
  return { ...read, html: lines(read.html), text: lines(read.text) };
}
