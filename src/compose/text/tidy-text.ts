/** A filled template without the blanks that its tags have left: no spaces at line ends, no two blank lines, one line end at the end. */
export const tidyText = (text: string): string =>
  `${text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
