import { setTimeout as pause } from 'node:timers/promises';

import type { SmscLink } from './smsc-link.ts';
import type { Smsc, SubmitManner } from './smsc.ts';

/** The texts the centre took, parts joined in their order. */
export function textsTaken({ submits }: Pick<Smsc, 'submits'>): string[] {
  const byReference = Map.groupBy(submits, ({ place }) => place?.reference ?? Symbol('whole'));
  return [...byReference.values()].map((parts) =>
    parts
      .toSorted((a, b) => (a.place?.sequence ?? 0) - (b.place?.sequence ?? 0))
      .map(({ text }) => text)
      .join(''),
  );
}

/** These manners for the first texts in turn, and taking for those behind them. */
export const inTurn =
  (...manners: readonly SubmitManner[]) =>
  (_: unknown, count: number): SubmitManner =>
    manners[count - 1] ?? { kind: 'take' };

/** The only link there is, once there is one. */
export async function onlyLink(smsc: Smsc): Promise<SmscLink> {
  for (let waited = 0; waited < 2_000; waited += 10) {
    const [link, ...others] = smsc.links;
    if (link !== undefined && others.length === 0) return link;
    await pause(10);
  }
  throw new Error(`${smsc.links.size} links instead of one`);
}
