import { readerFields } from '../mail/reader-links.ts';

/** At once, to the mail server, for everybody who sends. */
export const CONNECTIONS = 10;
/** So that the product has as many for issues: it keeps the others for letters, and opens none before there is one. */
export const ALLOWED_CONNECTIONS = 12;
export const DOMAIN = 'letters.bench.example';
export const BASE_URL = `https://${DOMAIN}`;
/** Of links and of the dashboard. */
export const SECRET = 'a secret of the bench that is long enough';

/** What is one reader's in a message, made as the product makes it. */
export const readerFieldsOf = () => readerFields({ baseUrl: BASE_URL, secrets: [SECRET], domain: DOMAIN });
