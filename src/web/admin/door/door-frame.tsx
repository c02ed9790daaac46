import type { Child } from 'hono/jsx';
import type { PageView } from '../../pages/page-view.ts';
import { AdminHead, Brand, Languages } from '../frame-parts.tsx';

interface DoorFrameProps {
  readonly view: PageView;
  readonly title: string;
  readonly lead?: string;
  readonly head?: Child;
  readonly children?: Child;
}

/** The pages outside of the dashboard: one narrow sheet, which says nothing of what is inside. */
export const DoorFrame = ({ view, title, lead, head, children }: DoorFrameProps) => (
  <html lang={view.locale} dir="ltr">
    <AdminHead title={title}>{head}</AdminHead>
    <body class="door">
      <main id="content" class="door-sheet">
        <Brand asked={view.asked} />
        <h1>{title}</h1>
        {lead !== undefined && <p class="door-lead">{lead}</p>}
        {children}
      </main>
      <footer class="foot">
        <Languages view={view} />
      </footer>
    </body>
  </html>
);
