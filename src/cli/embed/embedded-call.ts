import type { Series } from '../../domain/series.ts';

interface EmbeddedCall {
  readonly series: Series;
  readonly baseUrl: string;
  /** Bits of the proof of work; 0 = none. */
  readonly proofBits: number;
}

/** The sign-up as a function for a script of the page: it gives what to tell the reader when the sign-up is refused. */
export function embeddedCall({ series, baseUrl, proofBits }: EmbeddedCall): string {
  const path = encodeURIComponent(series.id);
  const proven = proofBits > 0;
  return `
<script type="module">
  // For a form of your own: undefined when a letter is on its way, else what to tell the reader.
  async function subscribe(address, name = '') {
${proven ? formLines(baseUrl, path) : ''}    const response = await fetch(${quoted(`${baseUrl}/api/subscribe/${path}`)}, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ address, name, language: ${quoted(series.language)}${proven ? ', stamp, proof' : ''} }),
    });
    return response.ok ? undefined : (await response.json()).message;
  }
${proven ? PROOF_LINES : ''}</script>`;
}

const formLines = (baseUrl: string, path: string): string => `    const form = await fetch(${quoted(
  `${baseUrl}/api/form/${path}`,
)});
    const { stamp, difficulty, waitMs } = await form.json();
    const [proof] = await Promise.all([
      findProof(\`\${stamp}\\n\${address}\\n\`, difficulty),
      new Promise((resolve) => setTimeout(resolve, waitMs)),
    ]);
`;

/** What \`proof.js\` does on our own pages. */
const PROOF_LINES = `
  async function findProof(text, difficulty) {
    for (let number = 0; ; number++) {
      const bytes = new TextEncoder().encode(text + number);
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      const bits = [...digest].map((byte) => byte.toString(2).padStart(8, '0')).join('');
      if (bits.indexOf('1') >= difficulty) return String(number);
    }
  }
`;

/** As a string of a script inside HTML, where \`</script>\` would end it. */
const quoted = (text: string): string => JSON.stringify(text).replaceAll('<', '\\u003c');
