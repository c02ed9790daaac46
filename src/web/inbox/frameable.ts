/** Mail HTML for a frame: its links open in a tab of their own, whatever base and refresh it brings along. */
export function frameable(html: string): string {
  const withoutOwn = html.replace(/<base\b[^>]*>|<meta\b[^>]*\bhttp-equiv=["']?refresh[^>]*>/gi, '');
  const base = '<base target="_blank">';
  return /<head\b[^>]*>/i.test(withoutOwn)
    ? withoutOwn.replace(/<head\b[^>]*>/i, (head) => head + base)
    : base + withoutOwn;
}
