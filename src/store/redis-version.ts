/** BullMQ's scripts and ours use commands and options that came with this version. */
export const OLDEST_REDIS = '6.2';

/** Is this version (`7.0.15`) older than what we can work with? */
export function isOldRedis(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < 6 || (major === 6 && minor < 2);
}
