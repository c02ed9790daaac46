import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { isRefusal } from '../../../src/domain/refusal.ts';
import { createWeb } from '../../../src/web/server.ts';
import type { WebTools } from '../../../src/web/web-tools.ts';
import { openTestApp, type TestApp } from '../../support/app.ts';

/** The pages of a real installation, without a port; posts are composed and scheduled as a writer does it. */
export interface PublicSite extends TestApp {
  readonly web: Hono;
  readonly tools: WebTools;
  /** Writes whole files of a series: file name → text. */
  writeFiles(series: string, files: Readonly<Record<string, string>>): Promise<void>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** The body of an answer. */
  text(path: string, headers?: Record<string, string>): Promise<string>;
}

export const BASE_URL = 'https://letters.example.com';

export async function openPublicSite(
  options: { env?: Record<string, string>; from?: Date } = {},
): Promise<PublicSite> {
  const app = await openTestApp({
    withoutWorkers: true,
    ...(options.from !== undefined && { from: options.from }),
    env: { BASE_URL, ...options.env },
  });
  const tools = await app.app.openWeb();
  if (isRefusal(tools)) throw new Error(tools.message);
  const web = createWeb(tools);
  const get = async (path: string, headers: Record<string, string> = {}) => web.request(path, { headers });
  return {
    ...app,
    web,
    tools,
    get,
    text: async (path, headers) => (await get(path, headers)).text(),
    async writeFiles(series, files) {
      const home = join(app.config.contentFolder, series);
      await mkdir(home, { recursive: true });
      for (const [file, text] of Object.entries(files)) await writeFile(join(home, file), text);
    },
    async close() {
      await tools.close();
      await app.close();
    },
  };
}
