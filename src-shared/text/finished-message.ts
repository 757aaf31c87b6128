import { isComplete } from './part-set.ts';
import type { PartSet, PlacedPart, ReceivedPart } from './part-set.ts';

/**
 * A message to show.
 * `whole`: every part is there. `gapped`: the wait was over, or its reference was used again, or room
 * was needed; each gap shows as `gapMark`. `late`: a part of a message that was shown gapped; only its
 * own text, to be attached to the message of the same id or shown by itself.
 */
export type FinishedMessage = {
  readonly kind: 'whole' | 'gapped' | 'late';
  readonly id: number;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** Sequences whose text this is, and those that have not come so far. */
  readonly sequences: readonly number[];
  readonly missing: readonly number[];
  readonly total: number;
  readonly firstAt: number;
  /** The carrier's id of the first part of this text that is there, where it is known. */
  readonly providerId?: string | undefined;
};

/** Stands for one missing part or several in a row. */
const gapMark = ' […] ';

const missingIn = (set: PartSet): number[] => {
  const held = new Set(set.parts.map(({ sequence }) => sequence));
  return Array.from({ length: set.total }, (_, i) => i + 1).filter((one) => !held.has(one));
};

const textWithGaps = (set: PartSet): string => {
  let text = '';
  let expected = 1;
  for (const { sequence, text: piece } of set.parts) {
    text += sequence === expected ? piece : gapMark + piece;
    expected = sequence + 1;
  }
  return expected > set.total ? text : text + gapMark;
};

const idOf = (part: Pick<ReceivedPart, 'providerId'> | undefined) =>
  part?.providerId === undefined ? {} : { providerId: part.providerId };

/** The set as a message. A surrogate pair that a sender cut in two is whole again only once joined. */
export const messageOf = (set: PartSet): FinishedMessage => ({
  kind: isComplete(set) ? 'whole' : 'gapped',
  id: set.id,
  from: set.from,
  to: set.to,
  text: textWithGaps(set).toWellFormed(),
  sequences: set.parts.map(({ sequence }) => sequence),
  missing: missingIn(set),
  total: set.total,
  firstAt: set.firstAt,
  ...idOf(set.parts[0]),
});

/** A part that came after its message was shown without it; `set` already holds it. */
export const lateMessageOf = (set: PartSet, part: PlacedPart, now: number): FinishedMessage => ({
  ...messageOf(set),
  kind: 'late',
  text: part.text.toWellFormed(),
  sequences: [part.concatenation.sequence],
  firstAt: now,
  ...idOf(part),
});

/** A part that is a message by itself. */
export const wholeMessageOf = (part: ReceivedPart, id: number, now: number): FinishedMessage => ({
  kind: 'whole',
  id,
  from: part.from,
  to: part.to,
  text: part.text.toWellFormed(),
  sequences: [1],
  missing: [],
  total: 1,
  firstAt: now,
  ...idOf(part),
});
