import type { Child } from 'hono/jsx';
import type { WebWords } from '../../compose/web-words.ts';
import { LOCALES, type Locale } from '../../domain/locale.ts';
import { LOCALE_NAMES } from './locale-names.ts';

interface PageProps {
  readonly title: string;
  readonly locale: Locale;
  readonly words: WebWords;
  /** More for `<head>`. */
  readonly head?: Child;
  /** What links to our other pages carry on: `?lang=zh-Hant` when the reader has asked for a language. */
  readonly asked?: string;
  /** A reader's own page, which no search engine is to keep. */
  readonly isPrivate?: boolean;
  readonly children?: Child;
}

/** The frame of every page that readers see. It runs nothing, and fetches nothing but its own style sheet. */
export const Page = ({ title, locale, words, head, asked = '', isPrivate, children }: PageProps) => (
  <html lang={locale} dir="ltr">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      {isPrivate === true && <meta name="robots" content="noindex" />}
      <title>{title}</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href="/style.css" />
      {head}
    </head>
    <body>
      <a class="skip" href="#content">
        {words.pages.skip}
      </a>
      <header class="top">
        <a href={`/${asked}`}>{words.pages.home}</a>
      </header>
      <main id="content">{children}</main>
      <footer class="bottom">
        <nav aria-label={words.pages.language}>
          <ul class="languages">
            {LOCALES.map((other) => (
              <li>
                <a href={`?lang=${other}`} lang={other} aria-current={other === locale ? 'true' : undefined}>
                  {LOCALE_NAMES[other]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </footer>
    </body>
  </html>
);
