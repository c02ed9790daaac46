import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Debian and others keep Postfix's tools where an ordinary PATH does not lead. */
const BESIDE_PATH = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin', '/usr/libexec/postfix'];

/** How to start a program of Postfix's; undefined = it is not installed. */
export async function findProgram(name: string): Promise<string | undefined> {
  for (const place of [name, ...BESIDE_PATH.map((folder) => `${folder}/${name}`)]) {
    if ((await saidBy(place, [])) !== undefined) return place;
  }
  return undefined;
}

/** e.g. `3.7.11`; undefined = no Postfix, or one that does not say. */
export async function postfixVersion(): Promise<string | undefined> {
  const program = await findProgram('postconf');
  return program === undefined ? undefined : (await saidBy(program, ['-h', 'mail_version']))?.trim();
}

/** What a program says, whatever its exit code; undefined = there is none. */
async function saidBy(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return (await promisify(execFile)(program, [...args])).stdout;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : '';
  }
}

/** What to tell somebody who has not got it. */
export const POSTFIX_HINT =
  'smtp-sink and smtp-source come with Postfix (Debian, Ubuntu: `apt-get install postfix`; macOS has them). Without them, only our own mail server is measured against.';
