/** A percent-encoded path as people read it. */
export function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A lone % is no escape; the path is then taken as it stands.
    return path;
  }
}
