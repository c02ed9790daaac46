import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Row } from '../bench.ts';
import { figure } from '../figure.ts';
import { openHouse } from '../house.ts';
import { monotonicMs } from '../monotonic-ms.ts';
import { PARTWORK, type Place } from '../partwork-process.ts';
import { openNodeSink } from '../sinks/node-sink.ts';
import { ratios } from '../statistics.ts';

const TIMES_A_ROUND = 6;

/** How long a command takes that has hardly anything to do. */
export const start: Row = {
  name: 'start',
  title: 'The command line from cold',
  seconds: ({ rounds }) => 5 + rounds * TIMES_A_ROUND * 0.8,
  async run(bench) {
    const sink = await openNodeSink(bench.workshop);
    const house = await openHouse(bench.workshop, { smtpPort: sink.port });
    await (await house.prepare('sample')).release();
    const commands = {
      node: ['-e', '0'],
      help: [...PARTWORK, '--help'],
      status: [...PARTWORK, 'status'],
    };
    const times: Record<keyof typeof commands, number[]> = { node: [], help: [], status: [] };
    for (let run = 0; run < bench.rounds * TIMES_A_ROUND; run++) {
      bench.progress(`start: ${run} of ${bench.rounds * TIMES_A_ROUND}`);
      for (const name of ['node', 'help', 'status'] as const)
        times[name].push(await timeOf(house.place, commands[name]));
    }
    return [
      figure('start/help over node', 'partwork --help ÷ node -e 0', 'times', ratios(times.help, times.node)),
      figure(
        'start/status over node',
        'partwork status ÷ node -e 0',
        'times',
        ratios(times.status, times.node),
      ),
      figure('start/node', 'node -e 0', 'ms', times.node),
      figure('start/help', 'partwork --help', 'ms', times.help),
      figure('start/status', 'partwork status', 'ms', times.status),
    ];
  },
};

/** Rejects unless it ends with exit code 0. */
async function timeOf({ folder, env }: Place, args: readonly string[]): Promise<number> {
  const began = monotonicMs();
  await promisify(execFile)(process.execPath, [...args], { cwd: folder, env });
  return monotonicMs() - began;
}
