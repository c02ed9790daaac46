import type { Notice } from '../domain/notice.ts';
import type { Problem } from '../domain/problem.ts';
import type { RenderedNotice } from '../domain/rendered-notice.ts';
import { NOTICE_KEYS, type NoticeWords } from './notice-keys.ts';
import { noticeHtml, noticeText } from './notice-parts.ts';
import { noticeView, type NoticeSettings } from './notice-view.ts';
import { readPhrases } from './phrases.ts';
import { loadTemplates } from './template/load-templates.ts';

export interface NoticeComposerOptions extends NoticeSettings {
  /** The writer's own words. */
  readonly templatesFolder?: string;
  /** Hears what is wrong with them; notices are written in ours then. */
  readonly onProblem: (problem: Problem) => void;
}

export interface NoticeComposer {
  /** The same notice gives the same bytes. */
  compose(notice: Notice): Promise<RenderedNotice>;
}

/** Makes mails of notices. They are not on a template: when trouble is told of, as little as possible may be in its way. */
export function createNoticeComposer(options: NoticeComposerOptions): NoticeComposer {
  let read: Promise<NoticeWords> | undefined;
  return {
    async compose(notice) {
      const view = noticeView(notice, await (read ??= readWords(options)), options);
      return {
        subject: view.subject,
        language: options.locale,
        text: noticeText(view),
        html: noticeHtml(view, options.locale),
      };
    },
  };
}

async function readWords({
  locale,
  templatesFolder,
  onProblem,
}: NoticeComposerOptions): Promise<NoticeWords> {
  if (templatesFolder !== undefined) {
    const words = await wordsIn(locale, templatesFolder);
    if (!('severity' in words)) return words;
    onProblem(words);
  }
  const words = await wordsIn(locale);
  if (!('severity' in words)) return words;
  throw new Error(`The words of Partwork cannot be used: ${words.message}`);
}

async function wordsIn(locale: NoticeSettings['locale'], folder?: string): Promise<NoticeWords | Problem> {
  const templates = await loadTemplates(folder);
  if (isProblem(templates)) return templates;
  return readPhrases(templates, locale, 'notices', NOTICE_KEYS);
}

const isProblem = (read: object): read is Problem => 'severity' in read;
