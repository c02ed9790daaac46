import { randomUUID } from 'node:crypto';
import { noticeIdOf, type Notice, type NoticeResult, type NoticeWay } from '../../domain/notice.ts';

/** What came of a test notice by one way. */
export interface TestedWay {
  readonly id: string;
  readonly name: string;
  readonly result: NoticeResult;
}

/** Sends a test notice by every way, once and at once, past the queue. */
export function testWays(ways: readonly NoticeWay[], at: number): Promise<TestedWay[]> {
  const id = noticeIdOf({ mark: 'test', value: String(at) }, randomUUID());
  const notice: Notice = { kind: 'test', id, at };
  return Promise.all(
    ways.map(async (way) => ({ id: way.id, name: way.name, result: await way.send(notice) })),
  );
}
