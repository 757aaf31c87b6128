import { findWhereabouts } from '#shared/compliance/find-whereabouts.ts';
import type { Clocks } from '#shared/schedule/read-when.ts';

/** The clocks by which a time for somebody is told, and how sure theirs is. */
export type PeerClocks = Clocks & {
  /** What to say of their clock; null where there is nothing to say. */
  readonly doubt: string | null;
};

/** Their clock by what is known of their number, and ours by this machine. */
export function clocksOf(peer: string, now: number): PeerClocks {
  const ours = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const unknown = 'Where they are is not known, so times are by your clock.';
  if (!peer.startsWith('+')) return { now, theirs: ours, ours, doubt: unknown };
  const { zones, certainty } = findWhereabouts({ e164: peer, zone: null, state: null });
  const [theirs, ...others] = zones;
  if (certainty === 'unknown' || theirs === undefined)
    return { now, theirs: ours, ours, doubt: unknown };
  const doubt = others.length > 0 ? 'Their area code has more than one clock; this is one.' : null;
  return { now, theirs, ours, doubt };
}
