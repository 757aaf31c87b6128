import { dismissGap, findGap, listGaps } from '#main/history/gaps.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import type { CommandInput, CommandOutput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { ShownGap } from '#shared/contract/gap-commands.ts';
import { type Gap, gapWords } from '#shared/message/gap.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';

import type { Desk } from './desk.ts';

export type GapViewer = {
  readonly db: ReadableDb;
  adapterOf(connectionId: string): ProviderAdapter | undefined;
};

/** The gaps of one connection or of all, as the screen shows them, newest first. */
export function showGaps(viewer: GapViewer, connectionId: string | null = null): ShownGap[] {
  return listGaps(viewer.db, connectionId).map((gap) => show(viewer, gap));
}

function show({ adapterOf }: GapViewer, gap: Gap): ShownGap {
  const hasList = adapterOf(gap.connectionId)?.listTexts !== undefined;
  return {
    ...gap,
    sentence: gapWords(gap, hasList),
    canDismiss: gap.state !== 'open' || !hasList,
  };
}

/** What is to be said of a connection for its gaps: the one that matters most; null where there is none. */
export function gapsSay(
  viewer: GapViewer,
  connectionId: string,
): { readonly state: 'ok' | 'trouble'; readonly sentence: string } | null {
  const gaps = showGaps(viewer, connectionId);
  const gap =
    gaps.find(({ state }) => state === 'open') ??
    gaps.find(({ state }) => state === 'not-found') ??
    gaps[0];
  if (gap === undefined) return null;
  return { state: gap.state === 'filled' ? 'ok' : 'trouble', sentence: gap.sentence };
}

export function dismissShownGap(
  desk: Desk,
  { gapId }: CommandInput<'gap.dismiss'>,
): CommandOutput<'gap.dismiss'> {
  const gap = findGap(desk.db, gapId);
  if (gap === undefined) return {};
  if (!show(desk, gap).canDismiss)
    throw new CommandFailure('refused', 'What is missing is still being looked for.', {
      field: 'gapId',
      cure: 'Wait until the carrier’s list has been read.',
    });
  dismissGap(desk.db, gapId);
  desk.tell('gaps.changed', { gaps: showGaps(desk) });
  return {};
}
