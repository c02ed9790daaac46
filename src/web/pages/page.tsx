import type { Child } from 'hono/jsx';
import type { Locale } from '../../domain/locale.ts';
import type { WebWords } from '../../compose/web-words.ts';

interface PageProps {
  readonly title: string;
  readonly locale: Locale;
  readonly words: WebWords;
  /** More for `<head>`. */
  readonly head?: Child;
  readonly children?: Child;
}

/** The frame of every page that readers see. */
export const Page = ({ title, locale, words, head, children }: PageProps) => (
  <html lang={locale}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{title}</title>
      <link rel="stylesheet" href="/style.css" />
      {head}
    </head>
    <body>
      <header>
        <a href="/">{words.pages.home}</a>
      </header>
      <main>{children}</main>
    </body>
  </html>
);
