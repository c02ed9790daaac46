import { activeContent } from './rules/active-content.ts';
import { altText } from './rules/alt-text.ts';
import { brokenAnchor } from './rules/broken-anchor.ts';
import { brokenLink } from './rules/broken-link.ts';
import { clip } from './rules/clip.ts';
import { dkim } from './rules/dkim.ts';
import { emptyLink } from './rules/empty-link.ts';
import { encodedWords } from './rules/encoded-words.ts';
import { headers } from './rules/headers.ts';
import { hiddenCharacters } from './rules/hidden-characters.ts';
import { html } from './rules/html.ts';
import { images } from './rules/images.ts';
import { lines } from './rules/lines.ts';
import { listId } from './rules/list-id.ts';
import { messageSize } from './rules/message-size.ts';
import { oneClick } from './rules/one-click.ts';
import { postalAddress } from './rules/postal-address.ts';
import { preheader } from './rules/preheader.ts';
import { sender } from './rules/sender.ts';
import { styles } from './rules/styles.ts';
import { subject } from './rules/subject.ts';
import { templateSyntax } from './rules/template-syntax.ts';
import { textInStep } from './rules/text-in-step.ts';
import { textPart } from './rules/text-part.ts';
import { unmailableAddress } from './rules/unmailable-address.ts';
import { unsubscribeLink } from './rules/unsubscribe-link.ts';
import type { Rule } from './rule.ts';

/** Everything that is looked at before an issue may be scheduled, in the order a mail program meets it. */
export const RULES: readonly Rule[] = [
  headers,
  lines,
  encodedWords,
  messageSize,
  dkim,
  listId,
  oneClick,
  sender,
  subject,
  preheader,
  textPart,
  textInStep,
  html,
  clip,
  styles,
  activeContent,
  templateSyntax,
  hiddenCharacters,
  altText,
  images,
  emptyLink,
  brokenLink,
  brokenAnchor,
  unmailableAddress,
  unsubscribeLink,
  postalAddress,
];
