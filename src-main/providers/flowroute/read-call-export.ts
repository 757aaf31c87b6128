import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

import { fromCarrier } from '#shared/phone/carrier-number.ts';
import type { ListedCall } from '#shared/provider/carrier-lists.ts';
import { readTime } from '#shared/provider/read-time.ts';

import { readCsv } from './read-csv.ts';

const unpack = promisify(gunzip);
const mostOctets = 64 * 1024 * 1024;

/**
 * The calls of an export (gzip, CSV with a line of names), newest first; null where it is no such file. Lines that are no call
 * are passed over.
 */
export async function readCallExport(file: Uint8Array): Promise<readonly ListedCall[] | null> {
  const text = await unpacked(file);
  const [names, ...lines] = (text === null ? null : readCsv(text)) ?? [];
  if (names === undefined || !needed.every((name) => names.includes(name))) return null;
  const calls = lines.map((cells) =>
    understand((name) => cells[names.indexOf(name)]?.trim() ?? ''),
  );
  return calls.filter((call) => call !== null).toSorted((a, b) => b.startedAt - a.startedAt);
}

const needed = ['direction', 'start_time', 'destination', 'callerid', 'result', 'duration'];

async function unpacked(file: Uint8Array): Promise<string | null> {
  try {
    const bytes = await unpack(file, { maxOutputLength: mostOctets });
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

type Cell = (name: string) => string;

function understand(cell: Cell): ListedCall | null {
  const direction = directionOf(cell('direction'));
  const startedAt = readTime(cell('start_time'));
  const [caller, called] = [fromCarrier(cell('callerid')), fromCarrier(cell('destination'))];
  if (direction === null || startedAt === null || caller === '' || called === '') return null;
  const [line, peer] = direction === 'out' ? [caller, called] : [called, caller];
  const seconds = Math.max(0, Math.round(Number(cell('duration')) || 0));
  const outcome = outcomeOf(cell, seconds);
  return { providerCallId: keyOf(cell), direction, line, peer, outcome, seconds, startedAt };
}

function directionOf(written: string): 'in' | 'out' | null {
  if (/^inbound$/i.test(written)) return 'in';
  return /^outbound$/i.test(written) ? 'out' : null;
}

function outcomeOf(cell: Cell, seconds: number): ListedCall['outcome'] {
  if (/^completed$/i.test(cell('result')) && seconds > 0) return 'answered';
  switch (cell('call_fail_sip_code')) {
    case '486':
    case '600':
      return 'busy';
    case '603':
    case '607':
      return 'declined';
    default:
      return 'missed';
  }
}

/** Calls have no id at this carrier; no two are alike in all of this. */
function keyOf(cell: Cell): string {
  const parts = ['direction', 'start_time', 'callerid', 'destination', 'duration'].map(cell);
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}
