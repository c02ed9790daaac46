import { parseEmailAddress, type EmailAddress } from '../domain/email-address.ts';

/** Who a message is from and who gets it: one recipient, so that there is one answer. */
export interface SmtpEnvelope {
  readonly from: EmailAddress;
  readonly to: EmailAddress;
}

/** Throws when an address is not one we could have parsed: Nodemailer would mend it, and mail somebody else. */
export function assertEnvelope({ from, to }: SmtpEnvelope): void {
  for (const address of [from, to]) {
    if (parseEmailAddress(address) === address) continue;
    throw new Error(`${JSON.stringify(address)} is not an address that can stand in an envelope.`);
  }
}
