let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character each: letters with their marks, emoji joined of several. */
export function clustersOf(text: string): Iterable<{ readonly segment: string }> {
  // Made for who needs it: it takes longer than what most commands do.
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter.segment(text);
}
