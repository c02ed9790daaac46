import stringWidth from 'string-width';
import { plainColumns } from '../../domain/plain-columns.ts';

/** Columns that text takes in a terminal or a fixed-width font: 2 for a CJK character or an emoji, 1 for a Latin letter. */
export const textWidth = (text: string): number => plainColumns(text) ?? stringWidth(text);
