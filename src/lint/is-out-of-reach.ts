import { isLocalHost } from './is-local-host.ts';
import type { LintContext } from './lint-context.ts';

/** Whether readers cannot follow an address because only this machine or network knows it. Of the blog that is told once for all. */
export function isOutOfReach(address: string, { hasMailServer, siteUrl }: LintContext): boolean {
  const { hostname, origin } = new URL(address);
  const isBlog = siteUrl !== undefined && new URL(siteUrl).origin === origin;
  return hasMailServer && !isBlog && isLocalHost(hostname);
}
