import { parseDomainLimits } from '../domain/domain-limits.ts';
import type { SendingLimits } from '../domain/sending-limits.ts';
import { parseRates, parseWarmUp } from '../domain/sending-rate.ts';
import type { SettingKey } from './settings.ts';

type Written = Partial<Record<SettingKey, string>>;

/** Limits as they are set. A local inbox is nobody's provider: what is usual does not hold for it, what is typed does. */
export function limitsOf({ rate, domainRates, warmUp, smtpUrl }: Written): SendingLimits {
  const day = warmUp === undefined ? undefined : parseWarmUp(warmUp);
  return {
    transport: (rate === undefined ? undefined : parseRates(rate)) ?? [],
    ...(day !== undefined && { warmUp: day }),
    domains: parseDomainLimits(domainRates ?? '', { usual: smtpUrl !== undefined }) ?? {
      bucketOf: () => undefined,
    },
  };
}
