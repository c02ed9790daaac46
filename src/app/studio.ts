import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Composer } from '../compose/render-issue.ts';
import type { Config } from '../config.ts';
import type { LoadedContent } from '../content/load-content.ts';
import type { EmailAddress } from '../domain/email-address.ts';
import type { FindImage } from '../domain/image-file.ts';
import type { Issue } from '../domain/issue.ts';
import type { Mailbox } from '../domain/mailbox.ts';
import type { Problem } from '../domain/problem.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import type { RenderedIssue } from '../domain/rendered-issue.ts';
import type { Series } from '../domain/series.ts';
import type { DkimSigner } from '../mail/dkim/dkim-signer.ts';
import { lintIssue } from './lint-issue.ts';
import { loadDkimSigner } from './load-dkim-signer.ts';
import { sampleMessage, type SampleMessage } from './sample-message.ts';

/** The writer's side: content and composer. Needs no ledger. */
export interface Studio {
  readonly config: Config;
  /** With drafts only to look at them. */
  load(options?: { readonly withDrafts?: boolean }): Promise<LoadedContent>;
  composer(): Promise<Composer>;
  /** The file behind an image address, as the composer finds it. */
  readonly findImage: FindImage;
  /** The message a made-up reader would get, and what its slots hold. */
  sampleMessage(rendered: RenderedIssue): Promise<SampleMessage>;
  /** What is wrong with that message. */
  readonly lint: (series: Series, issue: Issue, rendered: RenderedIssue) => Promise<readonly Problem[]>;
  /** What is wrong with the writer's own templates of letters. */
  readonly letterProblems: (series: Series) => Promise<readonly Problem[]>;
}

/** Sender of a series that names none, where none is configured: good for a local inbox, refused by real servers. */
const LOCAL_SENDER = 'newsletter@partwork.localhost.localdomain' as EmailAddress;

export function openStudio(config: Config): Studio {
  let loaded: Promise<DkimSigner | Refusal | undefined> | undefined;
  const signer = () => (loaded ??= loadDkimSigner(config));
  let opened: Promise<FindImage> | undefined;
  const finder = () => (opened ??= openImageFinder(config));
  return {
    config,
    async load({ withDrafts = false } = {}) {
      const { loadContent } = await import('../content/load-content.ts');
      const { language, timezone } = config;
      return loadContent({
        root: config.contentFolder,
        defaults: { language, timezone, from: senderOf(config) },
        withDrafts,
      });
    },
    async composer() {
      const { createComposer } = await import('../compose/render-issue.ts');
      const { composedFolder } = await import('../compose/cache/composed-folder.ts');
      const { templatesFolder, dataFolder, postalAddress, siteUrl } = config;
      return createComposer({
        postalAddress,
        findImage: await finder(),
        cache: composedFolder(join(dataFolder, 'composed')),
        ...(existsSync(templatesFolder) && { templatesFolder }),
        ...(siteUrl !== undefined && { siteUrl }),
      });
    },
    findImage: async (issue, url) => (await finder())(issue, url),
    async sampleMessage(rendered) {
      const dkim = await signer();
      return sampleMessage(config, rendered, isRefusal(dkim) ? undefined : dkim);
    },
    lint: async (series, issue, rendered) => lintIssue(config, series, issue, rendered, await signer()),
    async letterProblems(series) {
      const { templatesFolder } = config;
      if (!existsSync(templatesFolder)) return [];
      const { letterProblems } = await import('../compose/letter-problems.ts');
      return letterProblems(series, templatesFolder, config);
    },
  };
}

async function openImageFinder({ contentFolder, siteUrl }: Config): Promise<FindImage> {
  const { createImageFinder } = await import('../content/find-image.ts');
  return createImageFinder({ contentFolder, siteUrl });
}

/** With a mail server configured, a series must say who it is from; the local inbox takes any sender. */
export const senderOf = ({ from }: Config): Mailbox => from ?? { name: 'Partwork', address: LOCAL_SENDER };
