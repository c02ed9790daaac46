import { expect, test } from 'vitest';
import { mergeExports } from '../../src/queue/merge-exports.ts';

const exported = (queue: string, count: number) =>
  `# HELP jobs Jobs, in a queue\n# TYPE jobs gauge\njobs{queue="${queue}", state="a"} ${count}\n# HELP done Done\n# TYPE done counter\ndone{queue="${queue}"} 1`;

test('what several queues tell stands together under one head a metric', () => {
  expect(mergeExports([exported('one', 1), exported('two', 2)])).toBe(
    [
      '# HELP jobs Jobs, in a queue',
      '# TYPE jobs gauge',
      'jobs{queue="one",state="a"} 1',
      'jobs{queue="two",state="a"} 2',
      '',
      '# HELP done Done',
      '# TYPE done counter',
      'done{queue="one"} 1',
      'done{queue="two"} 1',
      '',
    ].join('\n'),
  );
});

test('nothing of nothing', () => {
  expect(mergeExports([])).toBe('');
  expect(mergeExports(['', '\n'])).toBe('');
});
