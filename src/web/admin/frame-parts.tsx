import type { Child } from 'hono/jsx';
import { LOCALES } from '../../domain/locale.ts';
import { LOCALE_NAMES } from '../pages/locale-names.ts';
import type { PageView } from '../pages/page-view.ts';
import { ADMIN, ADMIN_PATHS } from './admin-paths.ts';

export const AdminHead = ({ title, children }: { readonly title: string; readonly children?: Child }) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex" />
    <title>{`${title} · Partwork`}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href={ADMIN_PATHS.style} />
    {children}
  </head>
);

export const Brand = ({ asked }: { readonly asked: string }) => (
  <a class="brand" href={`${ADMIN}${asked}`}>
    Partwork
  </a>
);

export const Languages = ({ view }: { readonly view: PageView }) => (
  <nav aria-label={view.words.admin.language}>
    <ul class="languages">
      {LOCALES.map((other) => (
        <li>
          <a href={`?lang=${other}`} lang={other} aria-current={other === view.locale ? 'true' : undefined}>
            {LOCALE_NAMES[other]}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
