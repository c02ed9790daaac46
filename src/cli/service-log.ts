import { pino } from 'pino';
import type { Log } from '../domain/log.ts';

/** One JSON object a line on stdout. Actions log ids and reasons; addresses and secrets never get here. */
export const openServiceLog = (level: string): Log => pino({ level, base: { pid: process.pid } });
