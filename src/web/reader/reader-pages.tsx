import { Hono } from 'hono';
import type { WebTools } from '../web-tools.ts';
import { confirmPages } from './confirm-pages.tsx';
import { dataPages } from './data-pages.tsx';
import { ownPages } from './own-pages.tsx';
import { subscribePages } from './subscribe-pages.tsx';
import { unsubscribePages } from './unsubscribe-pages.tsx';

/** Pages that act for a reader: subscribe, confirm, leave, the reader's own page, their data. GET, HEAD and OPTIONS change nothing. */
export function readerPages(tools: WebTools): Hono {
  const pages = new Hono();
  pages.route('/', subscribePages(tools));
  pages.route('/', confirmPages(tools));
  pages.route('/', unsubscribePages(tools));
  pages.route('/', ownPages(tools));
  pages.route('/', dataPages(tools));
  return pages;
}
