/** How a post may spell an address that a mail has in full, the surest first: with and without the blog's own, decoded, its file only. */
export function spellingsOf(address: string): string[] {
  const path = address.replace(/^https?:\/\/[^/]+/, '');
  const file = path.split('/').findLast((segment) => segment !== '') ?? '';
  const spellings = [address, decoded(address), path, decoded(path), file, decoded(file)];
  return [...new Set(spellings)].filter((spelling) => spelling.length > 1);
}

function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    // Not percent-encoded text, so the post has it as it stands.
    return address;
  }
}
