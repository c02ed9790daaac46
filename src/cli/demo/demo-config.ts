import { join } from 'node:path';
import { packageFolder } from '../../app/package-folder.ts';
import type { Config } from '../../config.ts';

/** Nobody but this machine. */
export const HOSTNAME = '127.0.0.1';

/** Where the two sites of the demo are, without trailing slashes. */
export interface DemoSites {
  readonly pagesPort: number;
  readonly pagesUrl: string;
  readonly inboxUrl: string;
}

/** The settings of the demo: the examples that ship with Partwork, a Redis and a mail server of its own, nothing of the writer's. */
export function demoConfig(own: Config, dataFolder: string, sites: DemoSites): Config {
  const {
    redisUrl: _redis,
    smtpUrl: _smtp,
    dkim: _dkim,
    notify: _notify,
    adminSecret: _secret,
    ...settings
  } = own;
  return {
    ...settings,
    dataFolder,
    contentFolder: join(packageFolder(), 'content'),
    templatesFolder: join(packageFolder(), 'templates'),
    baseUrl: sites.pagesUrl,
    // It has the pictures.
    siteUrl: sites.inboxUrl,
    host: HOSTNAME,
    port: sites.pagesPort,
    trustedProxies: [],
    origins: [],
    proofBits: 0,
    webhooks: [],
    secrets: [],
    postalAddress: 'Partwork demo, 1 Example Street, 10000 Example City',
  };
}
