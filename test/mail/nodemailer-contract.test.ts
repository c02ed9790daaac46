import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { BoundedConnection } from '../../src/mail/bounded-connection.ts';
import { makeCertificate } from '../support/certificates.ts';
import { startSmtp, type ScriptedSmtp, type SmtpOptions } from '../support/smtp-server.ts';

const { version } = createRequire(import.meta.url)('nodemailer/package.json') as { version: string };
const certificate = makeCertificate();
const OFFERS = ['PIPELINING', 'CHUNKING', 'SIZE 5000'];

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

/** Red here = what of Nodemailer we use and it does not declare has changed: read its new code before going on. */
describe(`Nodemailer ${version}`, () => {
  test('has what we use of it, under the names we know', async () => {
    const { connection } = await open({ extensions: OFFERS });
    expect(connection).toMatchObject({
      _socket: expect.any(Socket) as Socket,
      _remainder: '',
      _responseQueue: [],
      _connectToHost: expect.any(Function) as unknown,
      _onData: expect.any(Function) as unknown,
      _actionEHLO: expect.any(Function) as unknown,
      _onResponseTooLarge: expect.any(Function) as unknown,
    });
  });

  test('tells what the server offers', async () => {
    const { connection } = await open({ extensions: OFFERS });
    expect(connection.wire?.offers).toEqual(expect.arrayContaining(OFFERS));
  });

  test('after HELO nothing is on offer, and there is no wire of our own', async () => {
    const { connection } = await open({
      extensions: OFFERS,
      script: ({ line }) => (line.startsWith('EHLO') ? '502 what?' : undefined),
    });
    expect(connection.wire).toBeUndefined();
  });

  test.runIf(certificate)(
    'after STARTTLS the wire is the encrypted one, and what was offered before is forgotten',
    async () => {
      const { connection } = await open(
        { extensions: OFFERS, tls: certificate! },
        { requireTLS: true, tls: { ca: certificate!.cert } },
      );
      expect(connection.wire?.socket).toBeInstanceOf(TLSSocket);
      expect(connection.wire?.offers).toContain('CHUNKING');
      expect(connection.wire?.offers).not.toContain('STARTTLS');
    },
  );

  test('leaves what is heard to us until the next step of its own', async () => {
    const { connection } = await open({ extensions: OFFERS });
    const heard: string[] = [];
    connection.wire?.listen((chunk) => heard.push(chunk.toString()));
    connection.wire?.socket.write('NOOP\r\n');
    await expect.poll(() => heard.join('')).toBe('502 5.5.1 Error: command not recognized\r\n');
    expect(connection.isOutOfStep).toBe(false);

    connection.beginStep();
    const ended = once(connection, 'end');
    connection.quit();
    await ended;
    expect(heard).toHaveLength(1);
  });

  test('hears every answer in the same memory', async () => {
    const { connection } = await open({ extensions: OFFERS });
    const heard: Buffer[] = [];
    connection.wire?.listen((chunk) => heard.push(chunk));
    for (const many of [1, 2]) {
      connection.wire?.socket.write('NOOP\r\n');
      await expect.poll(() => heard.length).toBe(many);
    }
    expect(heard[1]?.buffer).toBe(heard[0]?.buffer);
  });

  test('says that a connection is gone, whoever was using it', async () => {
    const { connection, smtp } = await open({ extensions: OFFERS });
    connection.wire?.listen(() => undefined);
    const ended = once(connection, 'end');
    await smtp.close();
    await expect(ended).resolves.toEqual([]);
  });

  test('without any one of them, its public path is used', async () => {
    const { connection } = await open({ extensions: OFFERS });
    Object.assign(connection, { _socket: undefined });
    expect(connection.wire).toBeUndefined();
    const { connection: another } = await open({
      extensions: [],
      script: ({ at }) => (at === 'hello' ? '250 mx' : undefined),
    });
    expect(another.wire?.offers).toEqual(['MX']);
  });

  test('is the version that the lock file has', () => {
    const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
      packages: Record<string, { version: string }>;
    };
    expect(lock.packages['node_modules/nodemailer']?.version).toBe(version);
  });
});

async function open(
  server: SmtpOptions,
  options: ConstructorParameters<typeof BoundedConnection>[0] = { ignoreTLS: true },
): Promise<{ connection: BoundedConnection; smtp: ScriptedSmtp }> {
  const smtp = await startSmtp(server);
  const connection = new BoundedConnection({ host: 'localhost', port: smtp.port, ...options });
  // Some of these tests break the connection, and all of them leave it.
  connection.on('error', () => undefined);
  opened.push(smtp, connection);
  await new Promise<void>((resolve, reject) =>
    connection.connect((error) => (error ? reject(error) : resolve())),
  );
  return { connection, smtp };
}
