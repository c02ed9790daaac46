import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The `templates` folder that ships with the package. */
export function ownTemplatesFolder(): string {
  // The compiled file lies one folder deeper than the source, so the root is found by what stands in it.
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error('The templates folder is missing: no package.json above this file.');
    folder = parent;
  }
  return join(folder, 'templates');
}
