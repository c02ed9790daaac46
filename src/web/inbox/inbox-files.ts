import { readFileSync } from 'node:fs';
import type { Hono } from 'hono';

const FILES = [
  ['/inbox.css', 'inbox.css', 'text/css; charset=utf-8'],
  ['/inbox.js', 'inbox.js', 'text/javascript; charset=utf-8'],
] as const;

/** The inbox' own style and script. */
export function serveInboxFiles(pages: Hono): void {
  for (const [path, file, contentType] of FILES) {
    const content = readFileSync(new URL(file, import.meta.url), 'utf8');
    pages.get(path, (context) => context.body(content, 200, { 'Content-Type': contentType }));
  }
}
