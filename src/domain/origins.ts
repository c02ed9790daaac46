const LONGEST_URL = 2_000;

/**
 * What a writer types for one of their sites (`https://blog.example.com/`) → its origin as browsers send it (RFC 6454), in ASCII and
 * without a default port. Undefined when there is more to it than scheme, host and port.
 */
export function originOf(typed: string): string | undefined {
  if (!/^https?:\/\/[^*]+$/i.test(typed) || !URL.canParse(typed)) return undefined;
  const url = new URL(typed);
  return url.href === `${url.origin}/` ? url.origin : undefined;
}

/**
 * Whether a URL is a page of one of these origins. It must be written as browsers write it: what they would first mend (backslashes, tabs,
 * missing slashes, other alphabets) is how such checks are got round.
 */
export function isOnOrigins(origins: readonly string[], url: string): boolean {
  if (url.length > LONGEST_URL || !/^https?:\/\//.test(url) || !URL.canParse(url)) return false;
  const parsed = new URL(url);
  const isAsWritten = parsed.href === url || parsed.href === `${url}/`;
  return isAsWritten && parsed.username === '' && parsed.password === '' && origins.includes(parsed.origin);
}
