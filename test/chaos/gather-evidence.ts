import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from './evidence.ts';
import { exportLedger } from './export-ledger.ts';
import type { Publication } from './publication.ts';
import type { Stage, World } from './world.ts';

/** The three logs of a send of Partwork's as they are now, to be judged. */
export async function gatherEvidence(
  world: World,
  stage: Stage,
  { series, issues, audience }: Publication,
  onUncertain: 'resend' | 'hold' = 'resend',
): Promise<Evidence> {
  const ledger = await exportLedger(stage.connection, series);
  writeFileSync(join(world.folder, 'ledger.json'), JSON.stringify(ledger));
  return {
    series,
    issues,
    audience,
    mails: [...stage.sink.log.mails],
    events: [...world.events.all],
    ledger,
    connections: stage.connections,
    onUncertain,
  };
}
