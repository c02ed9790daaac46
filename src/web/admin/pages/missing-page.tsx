import type { Context } from 'hono';
import { showPage } from '../../pages/show-page.ts';
import type { AdminView } from '../admin-view.ts';
import { AdminFrame } from '../frame.tsx';
import { BOARD_PATHS } from './board-paths.ts';

/** 404, in the dashboard's own frame. */
export const answerMissing = (context: Context, view: AdminView, says: string) => {
  const { admin } = view.words;
  return showPage(
    context,
    <AdminFrame view={view} title={admin.missingTitle}>
      <p>{says}</p>
      <p>
        <a class="button button-plain" href={`${BOARD_PATHS.overview}${view.asked}`}>
          {admin.backToOverview}
        </a>
      </p>
    </AdminFrame>,
    404,
  );
};
