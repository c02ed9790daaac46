import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { isAdminPath, isQueuesPath } from '../admin/admin-paths.ts';
import type { WebTools } from '../web-tools.ts';

type HeaderSettings = Pick<WebTools, 'baseUrl' | 'siteUrl' | 'origins' | 'proofBits'>;

const A_YEAR = 'max-age=31536000';
const SWITCHED_OFF = ['camera', 'geolocation', 'microphone', 'payment', 'usb', 'browsingTopics'] as const;

/**
 * What a browser may do with our answers: style and pictures from here, pictures of the blog, nothing else, and no page of ours says
 * where its reader came from. Scripts only where a sign-up form has a proof of work to find.
 */
export function securityHeaders(settings: HeaderSettings): MiddlewareHandler {
  const plain = headersOf(settings, {});
  const withScript = headersOf(settings, { scriptSrc: ["'self'"] });
  const ofAdmin = adminHeadersOf(settings, {});
  // bull-board styles elements one by one, and finds its files by a <base>.
  const ofQueues = adminHeadersOf(settings, { styleSrc: ["'self'", "'unsafe-inline'"], baseUri: ["'self'"] });
  return (context, next) => {
    if (isQueuesPath(context.req.path)) return ofQueues(context, next);
    if (isAdminPath(context.req.path)) return ofAdmin(context, next);
    const hasForm = settings.proofBits > 0 && context.req.path.startsWith('/s/');
    return (hasForm ? withScript : plain)(context, next);
  };
}

const headersOf = (
  { baseUrl, siteUrl, origins }: HeaderSettings,
  more: Readonly<Record<string, string[]>>,
): MiddlewareHandler =>
  secureHeaders({
    ...commonFor(baseUrl),
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      ...more,
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', ...(siteUrl === undefined ? [] : [new URL(siteUrl).origin])],
      // Browsers check where a form is redirected to as well: back to the writer's page it was embedded in.
      formAction: ["'self'", ...origins],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  });

/** The dashboard runs scripts of its own and shows nobody else's pictures. Without a Referer its forms would send `Origin: null`. */
const adminHeadersOf = (
  { baseUrl }: HeaderSettings,
  more: Readonly<Record<string, string[]>>,
): MiddlewareHandler =>
  secureHeaders({
    ...commonFor(baseUrl),
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
      ...more,
    },
    referrerPolicy: 'same-origin',
  });

const commonFor = (baseUrl: string) => ({
  permissionsPolicy: Object.fromEntries(SWITCHED_OFF.map((feature) => [feature, []])),
  strictTransportSecurity: baseUrl.startsWith('https://') && A_YEAR,
  xFrameOptions: 'DENY',
  xDownloadOptions: false,
});

/** Nothing is kept by caches but what says that it may be. */
export const keptByNobody: MiddlewareHandler = async (context, next) => {
  await next();
  if (!context.res.headers.has('Cache-Control')) context.res.headers.set('Cache-Control', 'no-store');
};
