import type { Evidence } from './evidence.ts';
import { exportLedger } from './export-ledger.ts';
import type { Publication } from './publication.ts';
import type { Stage, World } from './world.ts';

/** The three logs of a send of Partwork's, to be judged. */
export async function gatherEvidence(
  world: World,
  stage: Stage,
  { series, issues, audience }: Publication,
  onUncertain: 'resend' | 'hold' = 'resend',
): Promise<Evidence> {
  return {
    series,
    issues,
    audience,
    mails: stage.sink.log.mails,
    events: world.events.all,
    ledger: await exportLedger(stage.connection, series),
    connections: stage.connections,
    onUncertain,
  };
}
