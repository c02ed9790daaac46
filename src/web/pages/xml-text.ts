/** XML 1.0 §2.2: no control characters but tab and line breaks, no halves of surrogate pairs, no U+FFFE and U+FFFF. */
// oxlint-disable-next-line no-control-regex
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** A document without the characters that XML cannot have even as references: one of them would make all of it unreadable. */
export const xmlText = (document: string): string => document.replace(NOT_IN_XML, '');
