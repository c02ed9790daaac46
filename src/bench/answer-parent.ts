import type { Answer, Question } from './child.ts';

type Handlers = Readonly<Record<string, (given: never) => unknown>>;

/** What a process of the bench does: answers the one that started it, and ends with it. */
export function answerParent(handlers: Handlers): void {
  process.on('message', (message) => void answer(handlers, message as Question));
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
}

async function answer(handlers: Handlers, { id, question, given }: Question): Promise<void> {
  const reply = (rest: Omit<Answer, 'id'>) => process.send?.({ id, ...rest } satisfies Answer);
  try {
    const handle = handlers[question];
    if (handle === undefined) throw new Error(`Nobody answers "${question}" here.`);
    reply({ answer: await handle(given as never) });
  } catch (error) {
    reply({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
