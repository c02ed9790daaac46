/** A phrase in which what stands between backquotes is to be typed. */
export const Said = ({ text }: { readonly text: string }) => (
  <>{text.split('`').map((part, nth) => (nth % 2 === 1 ? <code>{part}</code> : part))}</>
);
