import { hiddenCharacter, nameOfCharacter } from '../hidden-character.ts';
import type { Message } from '../message/message.ts';
import { shorten } from '../shorten.ts';
import { unbalancedDirection } from '../unbalanced-direction.ts';
import type { Finding, Rule } from '../rule.ts';

/** Controls other than tab and line ends, the two Unicode line ends, and a byte order mark inside a text. */
const INVISIBLE = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u2028\u2029\ufeff]/gu;
const LOST = '\ufffd';
/** Tags are invisible letters: part of some flags (UTS #51 §B.1), and elsewhere a text that readers do not see. */
const TAGS = /(?<![\u{1f3f4}\u{e0020}-\u{e007f}])[\u{e0000}-\u{e007f}]+/u;

/** No character is there that readers cannot see but programs act on; marks that scripts need are none of these. */
export const hiddenCharacters: Rule = {
  name: 'hidden-characters',
  severity: 'error',
  check: (message) => [...inHeaders(message), ...inAddresses(message), ...inText(message)],
};

function inHeaders({ subject, from }: Message): Finding[] {
  const texts = [
    { text: subject, name: 'subject', at: 'subject' },
    { text: from?.name ?? '', name: "sender's name", at: 'series' },
  ] as const;
  return texts.flatMap(({ text, name, at }) => {
    const character = hiddenCharacter(text);
    if (character === undefined) return [];
    return [{ message: `The ${name} has the invisible character ${character}.`, fix: RETYPE, at }];
  });
}

const RETYPE = 'Type the text anew instead of pasting it.';

const inAddresses = ({ page }: Message): Finding[] =>
  page.elements.flatMap(({ attributes: { href = '', src = '' } }) =>
    [href, src].flatMap((address) => {
      const character = hiddenCharacter(decoded(address).replace(/\s/g, ''));
      if (character === undefined) return [];
      const message = `The address "${shorten(address)}" has the invisible character ${character}.`;
      return [
        { message, fix: 'Type the address anew instead of pasting it.', seek: [address, decoded(address)] },
      ];
    }),
  );

function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    // Not percent-encoded text, so it is looked at as it stands.
    return address;
  }
}

function inText({ page, text }: Message): Finding[] {
  const prose = page.runs.map(({ text }) => text);
  const whole = [...prose, text].join('\n');
  const invisible = new Set(whole.match(INVISIBLE));
  const tags = TAGS.exec(whole)?.[0];
  const turned = prose.find((run) => unbalancedDirection(run) !== undefined);
  return [
    ...[...invisible].map((character) => ({
      ...hidden(nameOfCharacter(character), character),
      severity: 'warning' as const,
    })),
    ...(whole.includes(LOST) ? [lost] : []),
    ...(tags === undefined ? [] : [hidden(nameOfCharacter(tags), tags)]),
    ...(turned === undefined ? [] : [turning(turned)]),
  ];
}

const hidden = (name: string, character: string): Finding => ({
  message: `The text has the invisible character ${name}.`,
  fix: 'Take it out: an editor that shows invisible characters finds it.',
  seek: [character],
});

const lost: Finding = {
  severity: 'warning',
  message: 'The text has U+FFFD, which stands where a character was lost.',
  fix: 'Save the post as UTF-8, and type the character anew.',
  seek: [LOST],
};

const turning = (run: string): Finding => ({
  message: `${unbalancedDirection(run) ?? ''} in "${shorten(run, 40)}" turns the writing direction and does not turn it back.`,
  fix: 'Take it out, or close it where the foreign words end.',
  seek: [run.trim(), ...(run.match(/[\u202a-\u202e\u2066-\u2069]/gu) ?? [])],
});
