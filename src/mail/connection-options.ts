import { rootCertificates } from 'node:tls';
import type { SMTPConnectionOptions } from 'nodemailer';
import { MOST_HEARD } from './bounded-connection.ts';
import type { SmtpSettings } from './smtp-settings.ts';

/** Our settings in Nodemailer's words. */
export function connectionOptions(settings: SmtpSettings): SMTPConnectionOptions {
  const { host, port, tls, limits, clientName, certificateAuthority } = settings;
  return {
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'off',
    connectionTimeout: limits.openMs,
    greetingTimeout: limits.greetingMs,
    dnsTimeout: limits.greetingMs,
    socketTimeout: limits.silenceMs,
    maxResponseSize: MOST_HEARD,
    // Destroyed, not ended: what is still unsent lies in memory that the next mail is about to be written into.
    socketCloseTimeout: 0,
    ...(clientName === undefined ? {} : { name: clientName }),
    ...(certificateAuthority === undefined
      ? {}
      : { tls: { ca: [...rootCertificates, certificateAuthority] } }),
  };
}
