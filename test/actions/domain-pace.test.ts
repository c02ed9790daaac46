import { describe, expect, test } from 'vitest';
import { DomainPace } from '../../src/actions/domain-pace.ts';

const CONNECTIONS = 8;
const CAPACITY = 40;

function paceAt() {
  let now = 0;
  const pace = new DomainPace({ connections: CONNECTIONS, capacity: CAPACITY }, () => now);
  const start = (domain: string) => {
    const mail = {};
    pace.take(domain, mail);
    pace.begin(domain, mail);
    return () => pace.end(domain, mail);
  };
  const pass = (ms: number): void => void (now += ms);
  /** A mail that the domain answers after so long. */
  const mail = (domain: string, tookMs: number): void => {
    const end = start(domain);
    pass(tookMs);
    end();
  };
  return { pace, start, pass, mail };
}

describe('a domain that answers quickly', () => {
  test('has one mail under way at first, and twice as many with each answer, up to what keeps all connections busy', () => {
    const { pace, start, pass } = paceAt();
    const atOnce = [1, 2, 3, 4, 5].map(() => {
      const ends: (() => void)[] = [];
      while (pace.turnOf('quick.example') === 'now') ends.push(start('quick.example'));
      expect(pace.turnOf('quick.example')).toBe('soon');
      pass(5);
      ends[0]?.();
      ends.slice(1).forEach((end) => end());
      return ends.length;
    });
    expect(atOnce).toEqual([1, 2, 8, CAPACITY, CAPACITY]);
  });

  test('waits for its turn without being called slow while its mails wait for a connection', () => {
    const { pace, pass } = paceAt();
    pace.take('quick.example', {});
    pass(60_000);
    expect(pace.turnOf('quick.example')).toBe('soon');
  });
});

describe('a domain that answers slowly while others answer quickly', () => {
  test('begins nothing more as soon as a mail takes too long, and rests after the answer', () => {
    const { pace, start, pass, mail } = paceAt();
    const end = start('tar.example');
    pass(2_500);
    mail('quick.example', 5);
    expect(pace.turnOf('tar.example')).toBe('later');
    pass(500);
    end();
    mail('quick.example', 5);
    expect(pace.turnOf('tar.example')).toBe('later');
    pass(9 * 3_100);
    mail('quick.example', 5);
    // One mail, to see how it is now.
    expect(pace.turnOf('tar.example')).toBe('now');
    start('tar.example');
    expect(pace.turnOf('tar.example')).toBe('soon');
  });

  test('has half of the connections when nobody else waits', () => {
    const { pace, start, pass, mail } = paceAt();
    mail('tar.example', 3_000);
    pass(2_001);
    const begun: (() => void)[] = [];
    while (pace.turnOf('tar.example') === 'now') begun.push(start('tar.example'));
    expect(begun).toHaveLength(CONNECTIONS / 2);
  });

  test('is as good as any again after a quick answer', () => {
    const { pace, mail } = paceAt();
    mail('tar.example', 3_000);
    mail('tar.example', 10);
    expect(pace.turnOf('tar.example')).toBe('now');
  });
});

test('where everybody is slow, nobody is held back', () => {
  const { pace, mail } = paceAt();
  for (let i = 0; i < 70; i++) mail(`domain-${i}.example`, 3_000);
  mail('domain-1.example', 3_000);
  expect(pace.turnOf('domain-1.example')).toBe('now');
});

test('a domain with half of the connections gives way to another', () => {
  const { pace, start, mail } = paceAt();
  for (let i = 0; i < 3; i++) mail('big.example', 5);
  for (let i = 0; i < CONNECTIONS / 2; i++) start('big.example');
  expect([pace.isBusy('big.example'), pace.isBusy('small.example')]).toEqual([true, false]);
});
