import type { Child } from 'hono/jsx';
import type { AdminView } from './admin-view.ts';
import { ADMIN_PATHS } from './admin-paths.ts';
import { CsrfField } from './door/csrf-field.tsx';
import { AdminHead, Brand, Languages } from './frame-parts.tsx';
import { NAVIGATION, type Place } from './navigation.ts';

interface AdminFrameProps {
  readonly view: AdminView;
  /** Of the window, and of the page unless `heading` says more. */
  readonly title: string;
  /** Which part of the dashboard this is. */
  readonly place?: Place;
  /** Instead of a plain `<h1>`: it must hold one. */
  readonly heading?: Child;
  /** More for `<head>`, such as a script of ours. */
  readonly head?: Child;
  readonly children?: Child;
}

/** The frame of every page of the dashboard: where one can go, the page, the languages and the way out. */
export const AdminFrame = ({ view, title, place, heading, head, children }: AdminFrameProps) => (
  <html lang={view.locale} dir="ltr">
    <AdminHead title={title}>{head}</AdminHead>
    <body>
      <a class="skip" href="#content">
        {view.words.admin.skip}
      </a>
      <header class="bar">
        <Brand asked={view.asked} />
        <Navigation view={view} {...(place !== undefined && { place })} />
        <form method="post" action={`${ADMIN_PATHS.signOut}${view.asked}`}>
          <CsrfField session={view.session} />
          <button type="submit" class="bar-button">
            {view.words.admin.signOut}
          </button>
        </form>
      </header>
      <main id="content">
        {heading ?? <h1>{title}</h1>}
        {children}
      </main>
      <footer class="foot">
        <Languages view={view} />
        <ul class="foot-links">
          <li>
            <a href={`/${view.asked}`}>{view.words.admin.site}</a>
          </li>
          <li>
            <a href={`${ADMIN_PATHS.signOutEverywhere}${view.asked}`}>{view.words.admin.signOutEverywhere}</a>
          </li>
        </ul>
      </footer>
    </body>
  </html>
);

const Navigation = ({ view, place }: { readonly view: AdminView; readonly place?: Place }) => (
  <nav class="places" aria-label={view.words.admin.menu}>
    <ul>
      {NAVIGATION.map(({ place: one, path }) => (
        <li>
          <a href={`${path}${view.asked}`} aria-current={one === place ? 'page' : undefined}>
            {view.words.admin[one]}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
