import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { UncertainPolicy } from './domain/delivery.ts';
import { parseMailbox, type Mailbox } from './domain/mailbox.ts';
import type { Problem } from './domain/problem.ts';
import { originOf } from './domain/origins.ts';
import { reasonOf } from './domain/reason-of.ts';
import type { SendingLimits } from './domain/sending-limits.ts';
import { dkimSettings, type DkimSettings } from './config/dkim-settings.ts';
import { limitsOf } from './config/limits-of.ts';
import { pathFrom, pathsFrom } from './config/paths-from.ts';
import { CONFIG_FILE, nameInFile, readConfigFile, type Found } from './config/read-config-file.ts';
import { listed } from './config/refuse-values.ts';
import { SETTINGS, type Setting, type SettingKey } from './config/settings.ts';

/** Everything that can be set, parsed once; nobody else reads the environment. */
export interface Config {
  readonly redisUrl?: string;
  readonly smtpUrl?: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly siteUrl?: string;
  /** The first signs, all verify; empty = the one in the data folder. */
  readonly secrets: readonly string[];
  readonly from?: Mailbox;
  readonly postalAddress: string;
  readonly timezone: string;
  readonly language: string;
  readonly onUncertain: UncertainPolicy;
  /** Work with a Redis that may lose the ledger. */
  readonly unsafe: boolean;
  readonly limits: SendingLimits;
  readonly dkim?: DkimSettings;
  readonly dataFolder: string;
  readonly contentFolder: string;
  readonly templatesFolder: string;
  readonly port: number;
  /** Where the pages listen; absent = at every address. */
  readonly host?: string;
  /** Addresses, networks, and the word `loopback`. */
  readonly trustedProxies: readonly string[];
  /** As browsers send them: `https://blog.example.com`. */
  readonly origins: readonly string[];
  readonly signupsPerMinute: number;
  /** Bits of the proof of work; 0 = none. */
  readonly proofBits: number;
  /** Signs in to /admin; absent = nothing typed does. */
  readonly adminSecret?: string;
  /** Jobs may be retried and removed at /admin/queues. */
  readonly queueActions: boolean;
  /** Who is told of what happens; absent = nobody, by mail. */
  readonly notify?: Mailbox;
  readonly webhooks: readonly string[];
  /** `whsec_…`; not empty where there are webhooks. */
  readonly webhookSecrets: readonly string[];
  readonly mayWebhooksBePrivate: boolean;
  readonly logLevel: string;
  /** For tests of crashes; absent = nothing goes wrong. */
  readonly failpoints?: string;
}

type Values = Partial<Record<SettingKey, string>>;

/**
 * Reads environment > `.env` > `partwork.yaml` > defaults, from the folder a command runs in.
 * Every wrong value is told at once.
 */
export function loadConfig(cwd: string, environment: NodeJS.ProcessEnv = process.env): Config | Problem[] {
  const problems: Problem[] = [];
  const inFile = readConfigFile(join(cwd, CONFIG_FILE), problems);
  const dotenv = readDotenv(join(cwd, '.env'));

  const values: Values = {};
  for (const [key, setting] of Object.entries(SETTINGS) as [SettingKey, Setting][]) {
    const found =
      fromVariables(environment, setting, '(environment)', cwd, problems) ??
      fromVariables(dotenv, setting, '.env', cwd, problems) ??
      inFile.get(nameInFile(setting));
    const value = accept(setting, found ?? fallback(setting, cwd), problems);
    if (value !== undefined) values[key] = value;
  }
  const config = configOf(values, problems);
  return problems.length > 0 ? problems : config;
}

function configOf(values: Values, problems: Problem[]): Config {
  const from = values.from === undefined ? undefined : parseMailbox(values.from);
  const notify = values.notify === undefined ? undefined : parseMailbox(values.notify);
  const dkim = dkimSettings(values);
  if (dkim !== undefined && 'message' in dkim) problems.push(dkim);
  return {
    ...(values.redisUrl !== undefined && { redisUrl: values.redisUrl }),
    ...(values.smtpUrl !== undefined && { smtpUrl: values.smtpUrl }),
    ...(values.siteUrl !== undefined && { siteUrl: values.siteUrl }),
    ...(from !== undefined && { from }),
    ...(values.host !== undefined && { host: values.host }),
    ...(dkim !== undefined && 'keys' in dkim && { dkim }),
    ...(values.adminSecret !== undefined && { adminSecret: values.adminSecret.trim() }),
    ...(notify !== undefined && { notify }),
    ...webhooksOf(values, problems),
    limits: limitsOf(values),
    ...(values.failpoints !== undefined && { failpoints: values.failpoints }),
    baseUrl: (values.baseUrl ?? '').replace(/\/+$/, ''),
    secrets: values.secret?.split(',').map((secret) => secret.trim()) ?? [],
    postalAddress: values.postalAddress ?? '',
    timezone: values.timezone ?? 'UTC',
    language: values.language ?? 'en',
    unsafe: values.unsafe === 'yes',
    onUncertain: values.onUncertain === 'hold' ? 'hold' : 'resend',
    dataFolder: values.dataFolder ?? '',
    contentFolder: values.contentFolder ?? '',
    templatesFolder: values.templatesFolder ?? '',
    port: Number(values.port),
    trustedProxies: listed(values.trustedProxies ?? ''),
    origins: listed(values.origins ?? '')
      .map(originOf)
      .filter((origin) => origin !== undefined),
    signupsPerMinute: Number(values.signupsPerMinute),
    proofBits: Number(values.proofOfWork),
    queueActions: values.queueActions === 'yes',
    logLevel: values.logLevel ?? 'info',
  };
}

function webhooksOf({ webhooks, webhookSecret, webhookPrivate }: Values, problems: Problem[]) {
  const secrets = listed(webhookSecret ?? '');
  if (webhooks !== undefined && secrets.length === 0) {
    problems.push({
      severity: 'error',
      file: '(settings)',
      message: 'PARTWORK_WEBHOOKS is set, and nothing signs what they are told.',
      fix: 'Set PARTWORK_WEBHOOK_SECRET; `echo whsec_$(openssl rand -base64 32)` makes one.',
    });
  }
  return {
    webhooks: [...new Set(listed(webhooks ?? ''))],
    webhookSecrets: secrets,
    mayWebhooksBePrivate: webhookPrivate === 'yes',
  };
}

function accept(setting: Setting, found: Found | undefined, problems: Problem[]): string | undefined {
  if (found === undefined) return undefined;
  const { value, file, line, folder } = found;
  const expected = setting.refuse?.(value);
  if (expected === undefined) return setting.isPath ? pathsFrom(setting, folder, value) : value;
  const shown = setting.isSecret ? 'its value' : `"${value}"`;
  problems.push({
    severity: 'error',
    file,
    ...(line !== undefined && { line }),
    message: `${setting.name}: ${shown} is not ${expected}.`,
  });
  return undefined;
}

const fallback = ({ fallback }: Setting, folder: string): Found | undefined =>
  fallback === undefined ? undefined : { value: fallback, file: '(default)', folder };

function fromVariables(
  variables: Record<string, string | undefined>,
  setting: Setting,
  file: string,
  folder: string,
  problems: Problem[],
): Found | undefined {
  const value = variables[setting.name];
  if (value !== undefined && value !== '') return { value, file, folder };
  const path = setting.isSecret ? variables[`${setting.name}_FILE`] : undefined;
  if (path === undefined || path === '') return undefined;
  try {
    return { value: readFileSync(pathFrom(folder, path), 'utf8').trim(), file: path, folder };
  } catch (error) {
    const why = reasonOf(error);
    problems.push({ severity: 'error', file, message: `${setting.name}_FILE cannot be read: ${why}.` });
    return undefined;
  }
}

const readDotenv = (file: string): Record<string, string | undefined> =>
  existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
