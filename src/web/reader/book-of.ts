import type { Reading } from '../../domain/reading.ts';
import type { Book } from '../pages/cover.tsx';

/** The series that somebody reads, for its cover. */
export const bookOf = ({ owner, title, about }: Reading): Book => ({ series: owner.series, title, about });
