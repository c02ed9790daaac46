import type { Context } from 'hono';
import { clientNetwork } from '../../guard/client-network.ts';
import type { WebTools } from '../../web-tools.ts';

const BEARER = /^Bearer +(\S.*)$/i;
const BASIC = /^Basic +([A-Za-z0-9+/=]+)$/i;

/**
 * Whether a program may read the figures: it sends the admin secret as `Authorization: Bearer`, or as the password of `Basic` with any user.
 * Wrong ones count as wrong sign-ins. Nobody may where no secret is set.
 */
export async function isScraper(context: Context, tools: WebTools): Promise<boolean> {
  const given = givenSecret(context.req.header('Authorization') ?? '');
  if (given === undefined || !tools.admin.hasSecret) return false;
  const attempt = { network: clientNetwork(context), isRight: tools.admin.isSecret(given) };
  return (await tools.store.adminAttempts.judge(attempt, tools.salt)).kind === 'right';
}

/** What a program has sent as the secret; undefined = nothing. */
export function givenSecret(authorization: string): string | undefined {
  const bearer = BEARER.exec(authorization)?.[1];
  // Node reads headers as Latin-1, programs write UTF-8.
  if (bearer !== undefined) return Buffer.from(bearer, 'latin1').toString();
  const basic = BASIC.exec(authorization)?.[1];
  if (basic === undefined) return undefined;
  const pair = Buffer.from(basic, 'base64').toString();
  return pair.includes(':') ? pair.slice(pair.indexOf(':') + 1) : undefined;
}
