import { ADMIN_PATHS } from './admin-paths.ts';
import { BOARD_PATHS } from './pages/board-paths.ts';

/** A part of the dashboard; its name is a phrase of the locale section `admin`. */
export type Place = 'overview' | 'series' | 'calendar' | 'readers' | 'queues';

/** The parts there are, in the order in which they are named on every page. */
export const NAVIGATION: readonly { readonly place: Place; readonly path: string }[] = [
  { place: 'overview', path: ADMIN_PATHS.overview },
  { place: 'readers', path: BOARD_PATHS.readers },
  { place: 'queues', path: ADMIN_PATHS.queues },
];
