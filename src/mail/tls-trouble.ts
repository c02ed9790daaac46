/** Why there is no encryption → what is wrong, and what to do about it. Codes are OpenSSL's, as Node tells them. */
const TROUBLES: readonly (readonly [code: RegExp, trouble: string])[] = [
  [/^CERT_HAS_EXPIRED$/, "the mail server's certificate has expired: its operator must renew it"],
  [
    /^CERT_NOT_YET_VALID$/,
    "the mail server's certificate is not valid yet: look whether this machine's clock is right",
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    "the mail server's certificate is for another name: write the name it is for into SMTP_URL",
  ],
  [
    /SELF_SIGNED_CERT|^UNABLE_TO_|^CERT_UNTRUSTED$/,
    "nobody this machine trusts has signed the mail server's certificate: if it is your own, name the file of its authority in NODE_EXTRA_CA_CERTS",
  ],
  [
    /WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG/,
    'the mail server does not speak TLS here: smtp:// is for STARTTLS (587), smtps:// for TLS from the first byte (465)',
  ],
];

/** undefined = the code is not about TLS. */
export function tlsTrouble(code: string): string | undefined {
  const trouble = TROUBLES.find(([pattern]) => pattern.test(code))?.[1];
  return trouble === undefined ? undefined : `${trouble} (${code})`;
}

/** The server announced no STARTTLS, or would not begin with it; `answer` is what it said. */
export const refusesStartTls = (answer: string): string =>
  `the mail server refuses STARTTLS (${answer}), and nothing is sent unencrypted: SMTP_URL may name another port, smtps://…:465, or tls=off where the network is your own`;
