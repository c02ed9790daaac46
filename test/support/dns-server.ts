import { createServer, Packet } from 'dns2';
import type { MailHostsOptions } from '../../src/mail/mail-hosts.ts';

/** What a name has: hosts for its mail, an RCODE instead of an answer, or nothing said at all. */
export type DnsEntry = readonly string[] | 'no such name' | 'server failure' | 'refused' | 'silence';

export interface TestDns {
  /** For `openMailHosts`. */
  readonly servers: NonNullable<MailHostsOptions['servers']>;
  /** Names asked for, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

const RCODE = { 'no such name': 3, 'server failure': 2, refused: 5 } as const;

/** A name server on loopback. Names it does not know have a mail host. */
export async function startDns(zone: Readonly<Record<string, DnsEntry>> = {}): Promise<TestDns> {
  const asked: string[] = [];
  const server = createServer({
    udp: true,
    handle(request, send) {
      const [question] = request.questions;
      if (question === undefined) return;
      asked.push(question.name);
      const entry = zone[question.name] ?? [`mx.${question.name}`];
      if (entry === 'silence') return;
      const response = Packet.createResponseFromRequest(request);
      if (typeof entry === 'string') response.header.rcode = RCODE[entry];
      else {
        for (const exchange of entry) {
          const record = { name: question.name, type: Packet.TYPE.MX, class: Packet.CLASS.IN, ttl: 60 };
          response.answers.push({ ...record, exchange, priority: 10 } as (typeof response.answers)[number]);
        }
      }
      void send(response);
    },
  });
  const { udp } = await server.listen({ udp: { port: 0, address: '127.0.0.1' } });
  if (udp === undefined) throw new Error('The name server does not listen.');
  return { servers: [`127.0.0.1:${udp.port}`], asked, close: () => server.close() };
}
