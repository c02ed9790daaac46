import type { App } from '../app.ts';
import type { Config } from '../config.ts';
import { EXIT, isRefusal, type Refusal } from '../domain/refusal.ts';
import { createWeb, startWeb, type WebServer } from '../web/server.ts';
import type { Terminal } from './terminal.ts';

/** The pages of an app, listening where the settings say. Refuses words that cannot be used, and a place that is taken. */
export async function openPages(app: App): Promise<WebServer | Refusal> {
  const tools = await app.openWeb();
  if (isRefusal(tools)) return tools;
  const { port, host, trustedProxies } = app.config;
  try {
    const server = await startWeb(createWeb(tools), port, { hostname: host, trustedProxies });
    return {
      port: server.port,
      async close() {
        tools.endStreams();
        await server.close();
        await tools.close();
      },
    };
  } catch (error) {
    await tools.close();
    return refusalOf(error as NodeJS.ErrnoException, app.config);
  }
}

function refusalOf(error: NodeJS.ErrnoException, { port, host }: Config): Refusal {
  if (error.code === 'EADDRINUSE') {
    const message = `Port ${port} is taken by another program.`;
    return { message, fix: 'Choose another with PORT.', exitCode: EXIT.failed };
  }
  if (error.code === 'EACCES') {
    const message = `Port ${port} may not be listened at: ports below 1024 belong to the system.`;
    return { message, fix: 'Choose another with PORT, and put a proxy before it.', exitCode: EXIT.failed };
  }
  if (error.code === 'EADDRNOTAVAIL') {
    const message = `${host ?? 'That'} is not an address of this machine.`;
    return { message, fix: 'Correct PARTWORK_HOST.', exitCode: EXIT.configuration };
  }
  throw error;
}

/** Tells where the pages and the dashboard are, and when links in mails would lead elsewhere. */
export function sayWherePagesAre(terminal: Terminal, config: Config, port: number): void {
  const { baseUrl, host } = config;
  const here = `http://${addressInUrl(host)}:${port}`;
  if (!isOnThisMachine(baseUrl)) terminal.say(`Readers' pages: ${baseUrl}/ (here: ${here}/).`);
  else {
    terminal.say(`Readers' pages: ${here}/.`);
    if (portOf(baseUrl) !== port) {
      terminal.say(`Links in mails lead to ${baseUrl}/, where these pages are not: set BASE_URL.`);
    }
  }
  const way = config.adminSecret === undefined ? 'by a link' : 'with PARTWORK_ADMIN_SECRET, or by a link';
  terminal.say(`Dashboard: ${pagesUrl(config, port)}/admin (sign in ${way} that \`partwork admin\` prints).`);
}

/** Where a browser of the operator's finds the pages, without a trailing slash. */
export function pagesUrl({ baseUrl, host }: Config, port: number): string {
  const isElsewhere = !isOnThisMachine(baseUrl) || portOf(baseUrl) === port || port === 0;
  return isElsewhere ? baseUrl : `http://${addressInUrl(host)}:${port}`;
}

function isOnThisMachine(baseUrl: string): boolean {
  const { hostname, protocol } = new URL(baseUrl);
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

function portOf(url: string): number {
  const { port } = new URL(url);
  return port === '' ? 80 : Number(port);
}

function addressInUrl(host: string | undefined): string {
  if (host === undefined || host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
