import { SETTINGS, type SettingKey } from './settings.ts';

/** What is known of a new folder; the rest of its partwork.yaml is commented out. */
export type KnownSettings = Readonly<Partial<Record<SettingKey, string>>>;

/** Titles, and settings in the order in which somebody would think of them, with what to write when nothing is known. */
const SECTIONS: readonly [string, readonly (readonly [SettingKey, string])[]][] = [
  [
    'Your letters',
    [
      ['from', 'Garden Letters <letters@example.com>'],
      ['postalAddress', 'Garden Letters, 1 Example Street, 10000 Example City'],
      ['siteUrl', 'https://blog.example.com'],
      ['language', 'en'],
      ['timezone', 'UTC'],
    ],
  ],
  [
    'Folders',
    [
      ['contentFolder', 'content'],
      ['templatesFolder', 'templates'],
      ['dataFolder', '.partwork'],
    ],
  ],
  [
    'Sending',
    [
      ['baseUrl', 'https://letters.example.com'],
      ['onUncertain', 'resend'],
      ['rate', '50/s'],
      ['domainRates', 'gmail.com=100/s, qq.com=10/s'],
      ['warmUp', '2027-01-01 500 x1.5'],
      ['dkimDomain', 'example.com'],
      ['dkimSelector', 'letters'],
      ['dkimKeyFile', 'dkim.pem'],
      ['port', '3000'],
      ['host', '127.0.0.1'],
      ['trustedProxies', 'loopback'],
      ['origins', 'https://blog.example.com'],
      ['signupsPerMinute', '200'],
      ['proofOfWork', '0'],
      ['queueActions', 'no'],
      ['notify', 'ivy@example.com'],
      ['webhookPrivate', 'no'],
      ['logLevel', 'info'],
    ],
  ],
];
const HEAD = `# Settings of Partwork. The environment and \`.env\` win over this file.
# A line that is commented out shows the default, or an example. \`partwork check\` reads what you change.
`;
const TAIL = `# What holds a password belongs into \`.env\`, which is not committed:
#   SMTP_URL=smtp://user:password@mail.example.com:587
#   REDIS_URL, PARTWORK_SECRET, PARTWORK_ADMIN_SECRET, PARTWORK_WEBHOOKS, PARTWORK_WEBHOOK_SECRET
`;

/** A partwork.yaml with every setting that is worth setting, and what it means. */
export function settingsFile(known: KnownSettings): string {
  const sections = SECTIONS.map(
    ([title, settings]) =>
      `# ${title}\n\n${settings.map(([key, example]) => settingLines(key, example, known)).join('\n')}`,
  );
  return [HEAD, ...sections, TAIL].join('\n');
}

function settingLines(key: SettingKey, example: string, known: KnownSettings): string {
  const { name, meaning } = SETTINGS[key];
  const field = name.replace(/^PARTWORK_/, '').toLowerCase();
  const value = known[key];
  return `# ${meaning}\n${value === undefined ? '# ' : ''}${field}: ${JSON.stringify(value ?? example)}\n`;
}
