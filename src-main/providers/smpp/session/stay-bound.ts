import { setTimeout as pause } from 'node:timers/promises';

import type { SessionState } from '#shared/provider/provider.ts';

import { type Binder, unbind } from './bind.ts';
import { type BoundPair, bindPair } from './bound-pair.ts';
import { type Trouble, judgeBinding } from './judge-binding.ts';
import { keepAlive } from './keep-alive.ts';
import { reconnectPause } from './reconnect-pause.ts';
import type { SessionTimes } from './session-times.ts';

/** Who hears how the binding fares. */
export type Following = {
  onState(state: SessionState): void;
  onBound(pair: BoundPair): void;
  /** Nothing can be sent from now on, for this reason. */
  onUnbound(trouble: Trouble): void;
};

export type Staying = Binder & { readonly times: SessionTimes; readonly following: Following };

/**
 * Binds, and binds again whenever the link is lost, with growing pauses, until the signal says stop or the carrier says that
 * it never will. Resolves when it is over.
 */
export async function stayBound(staying: Staying): Promise<void> {
  const { signal, following, times } = staying;
  if (!signal.aborted)
    following.onState({ state: 'starting', sentence: 'Connecting to the carrier' });
  for (let tries = 1; !signal.aborted; tries += 1) {
    const trouble = await holdOnce(staying);
    if (signal.aborted) return;
    following.onUnbound(trouble);
    following.onState({ state: 'trouble', sentence: trouble.sentence });
    const { again, heldMs } = trouble;
    if (again === 'never') return;
    if (heldMs >= times.goodBind) tries = 1;
    const wait = reconnectPause({ again, tries, random: Math.random() }, times);
    await pause(wait, undefined, { signal }).catch(() => undefined);
  }
}

/** Binds once, holds the bind as long as it stands, and says why it stands no more. */
async function holdOnce(staying: Staying): Promise<Trouble & { readonly heldMs: number }> {
  const { profile, following, times, signal } = staying;
  const pairing = await bindPair(profile.bindMode, staying);
  if (pairing.kind !== 'bound') return { ...judgeBinding(pairing), heldMs: 0 };
  const { pair } = pairing;
  if (signal.aborted) {
    await Promise.all(pair.links.map((link) => unbind(link, times.stop)));
    return { ...judgeBinding({ kind: 'silent', reason: 'stopped' }), heldMs: 0 };
  }
  for (const link of pair.links) keepAlive(link, times);
  following.onBound(pair);
  following.onState({ state: 'ok', sentence: 'Connected' });
  const since = Date.now();
  const reason = await pair.ended;
  return {
    again: 'soon',
    kind: 'network',
    sentence: `The connection to the carrier was lost: ${reason}.`,
    heldMs: Date.now() - since,
  };
}
