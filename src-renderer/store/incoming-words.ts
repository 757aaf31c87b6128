import type { EventPayload } from '#shared/contract/contract.ts';
import { formatPeer } from '#shared/phone/format-peer.ts';

/** Longest part of a text that is read out, in UTF-16 units. */
const longest = 200;

/** What is said aloud of something that came in. */
export function incomingWords({ entry, thread }: EventPayload<'entry.added'>): string {
  const who = thread.name ?? formatPeer(thread.peer);
  switch (entry.kind) {
    case 'text':
      return `New message from ${who}: ${entry.text.slice(0, longest) || 'a picture'}`;
    case 'call':
      return entry.outcome === 'missed' ? `Missed call from ${who}` : `Call from ${who}`;
    case 'voicemail':
      return `New voicemail from ${who}`;
    case 'note':
      return `Note by ${entry.author ?? 'you'} on ${who}: ${entry.text.slice(0, longest)}`;
    case 'system':
      return `${who}: ${entry.text.slice(0, longest)}`;
  }
}
