import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * A certificate that has signed itself, made by the machine's openssl; `days: -1` = it expired yesterday. undefined without
 * openssl: there is nothing to test with then.
 */
export function makeCertificate({ host = 'localhost', days = 2 } = {}): Certificate | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  const file = (name: string) => join(folder, name);
  try {
    writeFileSync(file('names'), `subjectAltName=DNS:${host}\n`);
    const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', file('key')];
    openssl('req', ...key, '-out', file('request'), '-subj', `/CN=${host}`);
    const signed = ['-req', '-in', file('request'), '-signkey', file('key'), '-extfile', file('names')];
    openssl('x509', ...signed, '-days', String(days), '-out', file('cert'));
    return { key: readFileSync(file('key'), 'utf8'), cert: readFileSync(file('cert'), 'utf8') };
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const openssl = (...words: string[]) => execFileSync('openssl', words, { stdio: 'ignore' });
