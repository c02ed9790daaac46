import { keysFor, subscriptionToken, type TokenOwner } from '../../domain/token.ts';
import type { WebTools } from '../web-tools.ts';

/** The page of one reader for one series, as every issue links to it. */
export const ownPath = ({ secrets }: Pick<WebTools, 'secrets'>, owner: TokenOwner): string =>
  `/m/${subscriptionToken(keysFor(secrets, 'reader'), owner)}`;
