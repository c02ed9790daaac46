export const TABS = ['mail', 'text', 'headers', 'problems'] as const;
export const WIDTHS = ['phone', 'desktop'] as const;
export const SCHEMES = ['light', 'dark'] as const;

export type Tab = (typeof TABS)[number];
export type Width = (typeof WIDTHS)[number];
export type Scheme = (typeof SCHEMES)[number];

/** How an issue is looked at. It is in the address, so that a reload keeps it. */
export interface PreviewView {
  readonly tab: Tab;
  readonly width: Width;
  readonly scheme: Scheme;
}

/** Reads the view from the query of an address; what is not there or unknown is the first of its kind. */
export function viewOf(query: (name: string) => string | undefined): PreviewView {
  const pick = <T extends string>(name: string, known: readonly [T, ...T[]]): T =>
    known.find((one) => one === query(name)) ?? known[0];
  return { tab: pick('tab', TABS), width: pick('width', WIDTHS), scheme: pick('scheme', SCHEMES) };
}

/** The address of a page in that view: `/issue/garden/frost?scheme=dark`. */
export function withView(path: string, { tab, width, scheme }: PreviewView): string {
  const chosen: [string, string, string][] = [
    ['tab', tab, TABS[0]],
    ['width', width, WIDTHS[0]],
    ['scheme', scheme, SCHEMES[0]],
  ];
  const query = chosen
    .filter(([, value, first]) => value !== first)
    .map(([name, value]) => `${name}=${value}`);
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

export const issuePath = (series: string, issue: string): string =>
  `/issue/${encodeURIComponent(series)}/${encodeURIComponent(issue)}`;

export const mailPath = (series: string, issue: string): string =>
  `/mail/${encodeURIComponent(series)}/${encodeURIComponent(issue)}`;
