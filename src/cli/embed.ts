import { loadPageWords } from '../app/page-words.ts';
import type { Config } from '../config.ts';
import { localeOf } from '../domain/locale.ts';
import { isOnOrigins } from '../domain/origins.ts';
import { EXIT, isRefusal } from '../domain/refusal.ts';
import { embeddedCall } from './embed/embedded-call.ts';
import { embeddedForm } from './embed/embedded-form.ts';
import { seriesOrSaid } from './content-problems.ts';
import type { Terminal } from './terminal.ts';
import { refuse, withStudio } from './with-app.ts';

/** `partwork embed <series>`: a form for a page of the writer's blog, and the same as a call for its scripts. */
export function embed(
  terminal: Terminal,
  name: string,
  { return: returnTo }: { return?: string },
): Promise<number> {
  return withStudio(terminal, async (studio) => {
    const { config } = studio;
    const series = await seriesOrSaid(terminal, studio, name);
    if (series === undefined) return EXIT.content;
    const back = returnTo === undefined ? '' : pageOnOurSites(config, returnTo);
    if (back === undefined) return refuse(terminal, notOnOurSites(returnTo ?? ''));
    const words = await loadPageWords(config);
    if (isRefusal(words)) return refuse(terminal, words);

    const locale = localeOf(series.language);
    const spoken = words.get(locale);
    if (spoken === undefined) throw new Error(`No words for the locale ${locale}.`);
    const { baseUrl, proofBits } = config;
    terminal.print(embeddedForm({ series, words: spoken, locale, baseUrl, returnTo: back }));
    terminal.print(embeddedCall({ series, baseUrl, proofBits }));
    sayWhatIsMissing(terminal, config);
    return EXIT.ok;
  });
}

/** As it has to be written, or undefined. */
function pageOnOurSites({ origins }: Config, typed: string): string | undefined {
  if (!URL.canParse(typed)) return undefined;
  const { href } = new URL(typed);
  return isOnOrigins(origins, href) ? href : undefined;
}

function notOnOurSites(typed: string) {
  const origin = URL.canParse(typed) ? new URL(typed).origin : 'https://blog.example.com';
  return {
    message: `Readers are sent back only to pages of your own sites, and ${typed} is on none of them.`,
    fix: `Put its site into PARTWORK_ORIGINS, e.g. PARTWORK_ORIGINS=${origin}.`,
    exitCode: EXIT.usage,
  };
}

function sayWhatIsMissing(terminal: Terminal, { origins, siteUrl, baseUrl }: Config): void {
  if (origins.length === 0) {
    const site = siteUrl === undefined ? 'https://blog.example.com' : new URL(siteUrl).origin;
    terminal.say('');
    terminal.say(
      'PARTWORK_ORIGINS is not set: the form asks its readers for one more click, and the call is refused.',
    );
    terminal.say(`Set it to the site they are on, e.g. PARTWORK_ORIGINS=${site}.`);
  }
  if (['localhost', '127.0.0.1', '[::1]'].includes(new URL(baseUrl).hostname)) {
    terminal.say(`Both lead to ${baseUrl}, which is only this machine: set BASE_URL first.`);
  }
}
