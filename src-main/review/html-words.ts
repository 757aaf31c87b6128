import type { DeliveryState } from '#shared/message/delivery-state.ts';

import type { ExportedEntry } from './exported-entry.ts';

/** A moment to the second, as people read it: `2026-01-31 14:02:11`. */
export const asTime = (moment: string | null): string =>
  moment === null ? 'at an unknown time' : moment.replace('T', ' ').replace(/\.\d+Z$/, '');

const states: Readonly<Record<Exclude<DeliveryState, 'received'>, string>> = {
  queued: 'waiting for its turn',
  sending: 'on its way to the carrier',
  unknown: 'not confirmed: it may or may not have been taken',
  accepted: 'accepted by the carrier',
  sent: 'handed on by the carrier',
  failed: 'not delivered',
  delivered: 'delivered',
};

/** What became of a text out; null where nothing is to be said. */
export function stateWords({ state, failure, undecided }: ExportedEntry): string | null {
  if (state === null || state === 'received') return null;
  const known = states[state];
  const why = failure === null ? '' : `: ${failure.meaning}${raw(failure.raw)}`;
  return `${known}${why}${undecided === true ? ', a person must decide' : ''}`;
}

const raw = (words: string | null): string => (words === null ? '' : ` (${words})`);

/** What an entry is, and which way it went. */
export function entryWords({ kind, direction, outcome, seconds, author }: ExportedEntry): string {
  const way = direction === 'in' ? 'in' : 'out';
  switch (kind) {
    case 'text':
      return `text ${way}`;
    case 'call':
      return `call ${way}, ${outcome ?? 'missed'}, ${seconds ?? 0} s`;
    case 'voicemail':
      return `voicemail ${way}, ${seconds ?? 0} s`;
    case 'note':
      return author === null ? 'note' : `note by ${author}`;
    case 'system':
      return 'done by itself';
  }
}
