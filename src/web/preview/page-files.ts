import { readFileSync } from 'node:fs';
import type { Hono } from 'hono';

const STYLES = ['frame.css', 'list.css', 'issue.css', 'stage.css'];

/** The pages' own style and script. */
export function servePageFiles(pages: Hono): void {
  serve(pages, '/page.css', STYLES, 'text/css; charset=utf-8');
  serve(pages, '/page.js', ['page.js'], 'text/javascript; charset=utf-8');
}

function serve(pages: Hono, path: string, files: readonly string[], contentType: string): void {
  const content = files.map((file) => readFileSync(new URL(file, import.meta.url), 'utf8')).join('\n');
  pages.get(path, (context) => context.body(content, 200, { 'Content-Type': contentType }));
}
