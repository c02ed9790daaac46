/** Where the dashboard is; its cookie goes nowhere else. */
export const ADMIN = '/admin';

export const ADMIN_PATHS = {
  overview: ADMIN,
  signIn: `${ADMIN}/sign-in`,
  enter: `${ADMIN}/enter`,
  signOut: `${ADMIN}/sign-out`,
  signOutEverywhere: `${ADMIN}/sign-out-everywhere`,
  queues: `${ADMIN}/queues`,
  style: `${ADMIN}/style.css`,
  script: `${ADMIN}/board.js`,
} as const;

/** Whether a path belongs to the dashboard, however it is spelt: what only looks like it is closed as well. */
export const isAdminPath = (path: string): boolean => /^\/admin(?:[/?#;.%]|$)/i.test(path);

export const isQueuesPath = (path: string): boolean =>
  path === ADMIN_PATHS.queues || path.startsWith(`${ADMIN_PATHS.queues}/`);

/** Where somebody wanted to go before they had to sign in: a plain page of the dashboard, or else its start. */
export const wantedPath = (given: string): string =>
  /^\/admin(?:\/[\w.~%-]+)*(?:\?[\w.~%=&-]*)?$/.test(given) ? given : ADMIN;
