import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Config } from '../config.ts';
import type { Issue } from '../domain/issue.ts';
import type { Problem } from '../domain/problem.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import type { RenderedIssue } from '../domain/rendered-issue.ts';
import type { Series } from '../domain/series.ts';
import type { LintContext } from '../lint/lint-context.ts';
import type { DkimSigner } from '../mail/dkim/dkim-signer.ts';
import { mailDomain } from './mail-domain.ts';
import { sampleMessage } from './sample-message.ts';

/** What is wrong with an issue as the message a reader would get. */
export async function lintIssue(
  config: Config,
  series: Series,
  issue: Issue,
  rendered: RenderedIssue,
  signer: DkimSigner | Refusal | undefined,
): Promise<Problem[]> {
  const { lintMessage } = await import('../lint/lint-message.ts');
  const { listLabel } = await import('../mail/list-label.ts');
  const dkim = isRefusal(signer) ? undefined : signer;
  const { bytes, slots } = await sampleMessage(config, rendered, dkim);
  const { postalAddress, siteUrl, smtpUrl } = config;
  const problems = await lintMessage(bytes, {
    series,
    issue,
    subject: rendered.subject,
    slots,
    postalAddress,
    listId: `${listLabel(series.id)}.${mailDomain(config)}`,
    hasMailServer: smtpUrl !== undefined,
    ownTemplates: ownTemplates(config, series),
    ...(dkim !== undefined && { dkim: { domain: dkim.domain, selectors: dkim.selectors } }),
    ...(siteUrl !== undefined && { siteUrl }),
  });
  return isRefusal(signer) ? [unsigned(signer), ...problems] : problems;
}

function ownTemplates({ templatesFolder }: Config, { template }: Series): LintContext['ownTemplates'] {
  const [html, text] = ['mjml', 'text']
    .map((kind) => join(templatesFolder, `${template}.${kind}.liquid`))
    .map((file) => (existsSync(file) ? relative(process.cwd(), file) : undefined));
  return { ...(html !== undefined && { html }), ...(text !== undefined && { text }) };
}

/** Whoever writes need not have the key of whoever sends. */
const unsigned = ({ message, fix }: Refusal): Problem => ({
  severity: 'warning',
  file: 'partwork.yaml',
  rule: 'dkim',
  message: `The signature of mail could not be looked at. ${message}`,
  fix,
});
