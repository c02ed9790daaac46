import type { PageView } from '../../pages/page-view.ts';

/** For whom a part of the dashboard is shown. It knows no session: what is sent to many is the same for all of them. */
export type BoardView = PageView;
