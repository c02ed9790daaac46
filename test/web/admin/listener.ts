/** What a page's stream has told so far, as a browser would hear it. */
export interface Listener {
  readonly status: number;
  readonly events: readonly StreamEvent[];
  /** Comments that only keep the line alive. */
  readonly beats: number;
  /** `clean` = the server has ended the answer; `cut` = the line broke. */
  readonly end: 'clean' | 'cut' | undefined;
  /** The names of the fragments each event brought, without `live-`. */
  readonly brought: readonly (readonly string[])[];
  /** The latest HTML of a fragment. */
  fragment(name: string): string;
  hangUp(): void;
}

interface StreamEvent {
  readonly event: string;
  readonly data: string;
}

/** Listens to a stream until it ends or `hangUp`. */
export async function listen(url: string, cookie: string): Promise<Listener> {
  const line = new AbortController();
  const answer = await fetch(url, {
    headers: { Cookie: cookie, Accept: 'text/event-stream' },
    redirect: 'manual',
    signal: line.signal,
  });
  const events: StreamEvent[] = [];
  let beats = 0;
  let end: Listener['end'];
  const hear = (text: string) => {
    const fields = Object.fromEntries(text.split('\n').map((field) => field.split(/: ?(.*)/s, 2)));
    if (fields['event'] === undefined) beats += 1;
    else events.push({ event: fields['event'], data: fields['data'] ?? '' });
  };
  void hearAll(answer, hear).then(
    () => (end = 'clean'),
    () => (end = 'cut'),
  );
  const parts = () =>
    events
      .filter(({ event }) => event === 'parts')
      .map(({ data }) => JSON.parse(data) as Record<string, string>);
  return {
    status: answer.status,
    events,
    get beats() {
      return beats;
    },
    get end() {
      return end;
    },
    get brought() {
      return parts().map((one) => Object.keys(one).map((id) => id.replace('live-', '')));
    },
    fragment: (name) => parts().findLast((one) => `live-${name}` in one)?.[`live-${name}`] ?? '',
    hangUp: () => line.abort(),
  };
}

async function hearAll(answer: Response, hear: (event: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const whole = text.split('\n\n');
    text = whole.pop() ?? '';
    for (const event of whole) hear(event);
  }
}
