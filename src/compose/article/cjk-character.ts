/** One character of Chinese or Japanese writing, its punctuation and full-width forms included. Korean puts spaces between words and is not meant. */
export const CJK_CHARACTER =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;

/** Punctuation that CJK text shares with Latin text. */
export const SHARED_PUNCTUATION = /[‘’“”…—·]/u;
