import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import type { SendOutcome, SessionRoad } from '#shared/provider/provider.ts';

import { writeNotes } from '../inbound/arrival-notes.ts';
import { noBody } from '../wire/pdu.ts';

/** Milliseconds between tries to store it. */
const pauses = [0, 1_000, 5_000, 15_000, 60_000];

/**
 * Tells what became of a text after its sender had stopped waiting, by the road that receipts come: it resolves the unknown
 * outcome for certain. What is still unknown is not told.
 */
export async function tellLateAnswer(
  road: Pick<SessionRoad, 'append'>,
  uid: string,
  outcome: SendOutcome,
): Promise<void> {
  if (outcome.kind === 'unknown') return;
  const id = `late-answer/${randomUUID()}`;
  const headers = writeNotes({ kind: 'late-answer', id, reference: uid, ...resultOf(outcome) });
  for (const ms of pauses) {
    await pause(ms, undefined, { ref: false });
    const isStored = await road.append({ key: id, headers, body: noBody }).then(
      () => true,
      () => false,
    );
    if (isStored) return;
  }
}

type Known = Exclude<SendOutcome, { kind: 'unknown' }>;

function resultOf(outcome: Known): { textId: string | null; failure: string; raw: string } {
  if (outcome.kind === 'accepted')
    return { textId: outcome.providerMessageId, failure: '', raw: '' };
  const { kind, raw } = outcome.failure;
  return { textId: null, failure: kind, raw: raw ?? '' };
}
