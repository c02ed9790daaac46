import { tellStory } from '../../actions/why/tell-story.ts';
import { EXIT } from '../../domain/refusal.ts';
import { idOrSaid } from '../subscribers/id-or-said.ts';
import type { Terminal } from '../terminal.ts';
import { withApp } from '../with-app.ts';
import { describeStory } from './describe-story.ts';
import { storyJson } from './story-json.ts';

/** `partwork why <address> [--json]`: one reader's whole story: what they had, what comes next and why then, and why not. */
export function why(
  terminal: Terminal,
  typed: string,
  { json = false }: { json?: boolean },
): Promise<number> {
  return withApp(terminal, async (app) => {
    const id = idOrSaid(terminal, app, typed);
    if (id === undefined) return EXIT.usage;
    const story = await tellStory(app, id);
    if (json) terminal.print(storyJson(story));
    else for (const line of describeStory(story, typed, app.config.timezone, terminal)) terminal.print(line);
    return story.kind === 'unknown' ? EXIT.failed : EXIT.ok;
  });
}
