import { openChild, type Child } from '../child.ts';
import { pollUntil } from '../poll.ts';
import type { Workshop } from '../workshop.ts';
import { WrongResult } from '../wrong-result.ts';
import type { Arrivals, Sink } from './sink.ts';
import { verdictOn, type SinkRules } from './sink-rules.ts';
import type { TallyReport } from './tally.ts';

/** Our own mail server, which knows who got what. */
export async function openNodeSink(workshop: Workshop, rules: SinkRules = {}): Promise<Sink> {
  const child = await openChild(workshop, 'sinks/node-sink-process', [JSON.stringify(rules)]);
  let mails = 0;
  return {
    name: 'node-sink',
    port: await child.ask<number>('port'),
    async expect(readers) {
      mails = expectedOf(rules, readers);
      await child.ask('expect', readers);
    },
    untilIn: () => untilIn(child, mails),
    async verify() {
      const report = await child.ask<TallyReport>('report');
      const wrong = complaints(report);
      if (wrong.length > 0) throw new WrongResult(`The mail server's record is wrong: ${wrong.join(', ')}.`);
    },
    close: () => child.end(),
  };
}

async function untilIn(child: Child, mails: number): Promise<Arrivals> {
  await pollUntil(`The mail server waits for ${mails} mails`, async () => {
    const count = await child.ask<number>('taken');
    return { count, isSo: count >= mails };
  });
  const { firstAt, lastAt } = await child.ask<TallyReport>('report');
  return { mails, firstAt, lastAt };
}

function expectedOf(rules: SinkRules, readers: number): number {
  let mails = 0;
  for (let reader = 1; reader <= readers; reader++) if (verdictOn(rules, reader) === 'taken') mails += 1;
  return mails;
}

/** What is wrong with what came; empty = each reader got one mail, and nobody else any. */
export function complaints({ expected, taken, missing, doubled, strangers }: TallyReport): string[] {
  return [
    ...(missing > 0 ? [`${missing} of ${expected} readers got no mail`] : []),
    ...(doubled > 0 ? [`${doubled} readers got more mails than they should`] : []),
    ...(strangers > 0 ? [`${strangers} mails went to nobody we know`] : []),
    ...(taken === expected ? [] : [`${taken} mails came instead of ${expected}`]),
  ];
}
