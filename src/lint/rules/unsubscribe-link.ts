import { elementsNamed } from '../page/page.ts';
import type { Finding, Rule } from '../rule.ts';

/** A reader finds the link to unsubscribe in what they see, in HTML and in plain text. */
export const unsubscribeLink: Rule = {
  name: 'unsubscribe-link',
  severity: 'error',
  check({ page, text, html }, { slots, series, ownTemplates }) {
    const isShown = elementsNamed(page, 'a').some(
      ({ attributes, isHidden, text, images }) =>
        !isHidden && attributes['href'] === slots.unsubscribeUrl && (text.trim() !== '' || images.length > 0),
    );
    const template = series.template;
    return [
      ...(isShown || html === ''
        ? []
        : [missing('HTML part', ownTemplates.html ?? `${template}.mjml.liquid`)]),
      ...(text === '' || text.includes(slots.unsubscribeUrl)
        ? []
        : [missing('text part', ownTemplates.text ?? `${template}.text.liquid`)]),
    ];
  },
};

const missing = (part: string, template: string): Finding => ({
  message: `The ${part} of the mail shows no link to unsubscribe, which every issue must have.`,
  fix: `Put {{ slots.unsubscribeUrl }} into ${template}.`,
  at: 'template',
});
