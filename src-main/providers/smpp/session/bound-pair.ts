import type { BindMode } from '../profile.ts';
import { type Binder, type Binding, bind, unbind } from './bind.ts';
import type { Link } from './link.ts';

/** Both ways to the carrier, over one link or two; one does not stay without the other. */
export type BoundPair = {
  readonly transmitter: Link;
  readonly links: readonly Link[];
  /** Resolves with the reason when the first of them is over; the other is over then too. */
  readonly ended: Promise<string>;
};

export type Pairing =
  | { readonly kind: 'bound'; readonly pair: BoundPair }
  | Exclude<Binding, { kind: 'bound' }>;

/** Binds as the carrier wants it. Of two binds, the receiver comes last, so that nothing comes in before both stand. */
export async function bindPair(mode: BindMode, binder: Binder): Promise<Pairing> {
  const first = await bind(mode === 'trx' ? 'transceiver' : 'transmitter', binder);
  if (first.kind !== 'bound') return first;
  if (mode === 'trx') return { kind: 'bound', pair: pairOf([first.link]) };
  const second = await bind('receiver', binder);
  if (second.kind === 'bound') return { kind: 'bound', pair: pairOf([first.link, second.link]) };
  await unbind(first.link, binder.times.bind);
  return second;
}

function pairOf(links: readonly [Link, ...Link[]]): BoundPair {
  const ended = Promise.race(links.map((link) => link.ended)).then((reason) => {
    for (const link of links) link.end(reason);
    return reason;
  });
  return { transmitter: links[0], links, ended };
}
