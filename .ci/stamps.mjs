// What was installed and built, noted inside node_modules so that removing that folder forgets it, too.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STAMPS = join(ROOT, 'node_modules', '.partwork');

export const readStamp = (name) =>
  existsSync(join(STAMPS, name)) ? readFileSync(join(STAMPS, name), 'utf8') : '';

export function writeStamp(name, fingerprint) {
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(join(STAMPS, name), fingerprint);
}

export const lockFingerprint = () => hash(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));

/** Changes when any file the build reads is edited, added, moved or removed, and with the packages: what is kept of help is in commander's words. */
export function sourceFingerprint() {
  const files = [
    'tsconfig.json',
    '.ci/tsconfig.build.json',
    '.ci/build.mjs',
    ...filesBelow('src'),
    ...filesBelow('workers'),
  ];
  const edited = files.map((file) => `${file} ${statSync(join(ROOT, file)).mtimeMs}`);
  return hash([lockFingerprint(), ...edited].join('\n'));
}

/** Paths from the root of the repository, sorted. */
export function filesBelow(folder) {
  if (!existsSync(join(ROOT, folder))) return [];
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  const paths = entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
  return paths.toSorted();
}

const hash = (text) => createHash('sha256').update(text).digest('hex');
