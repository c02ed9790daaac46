import { setTimeout as sleep } from 'node:timers/promises';

const NOT_NOW = 503;
const AGAIN_MS = 250;
const MOST_TRIES = 60;

/** Asks again while the answer is "not now": a machine that is busy with other tests may say so at any time, and has done nothing then. */
export async function patiently<T extends { readonly status: number }>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const answer = await ask();
    if (answer.status !== NOT_NOW || tries === MOST_TRIES) return answer;
    if (answer instanceof Response) await answer.arrayBuffer();
    await sleep(AGAIN_MS);
  }
}
