import type { Concatenation } from './user-data-header.ts';

/** A part as it came in, decoded. */
export type ReceivedPart = {
  readonly from: string;
  readonly to: string;
  /** As decoded, surrogates cut by the sender included. */
  readonly text: string;
  /** Absent when the part is a whole message. */
  readonly concatenation?: Concatenation | undefined;
  /** When the service centre took it, ms since 1970, where that is known. */
  readonly sentAt?: number | undefined;
  /** The carrier's id of the part, where it has one. */
  readonly providerId?: string | undefined;
};

/** A part that says where it belongs. */
export type PlacedPart = ReceivedPart & { readonly concatenation: Concatenation };

/** A part in its place. */
export type HeldPart = {
  readonly sequence: number;
  readonly text: string;
  readonly providerId?: string | undefined;
};

/** The parts held of one message. Plain data: it may be stored and read back. */
export type PartSet = {
  readonly id: number;
  readonly from: string;
  readonly to: string;
  readonly width: Concatenation['width'];
  readonly reference: number;
  readonly total: number;
  /** By sequence, each at most once. */
  readonly parts: readonly HeldPart[];
  /** Arrival of the first and of the newest part, ms. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** The newest `sentAt` of its parts. */
  readonly sentAt: number | undefined;
};

/** Whether the part names the message this set collects: sender, recipient, width, reference, total. */
export const isOf = (set: PartSet, { from, to, concatenation }: PlacedPart): boolean =>
  set.from === from &&
  set.to === to &&
  set.width === concatenation.width &&
  set.reference === concatenation.reference &&
  set.total === concatenation.total;

/** The text the set holds at a sequence, if it holds any. */
export const textAt = (set: PartSet, sequence: number): string | undefined =>
  set.parts.find((part) => part.sequence === sequence)?.text;

export const isComplete = (set: PartSet): boolean => set.parts.length === set.total;

const heldPart = ({ concatenation, text, providerId }: PlacedPart): HeldPart =>
  providerId === undefined
    ? { sequence: concatenation.sequence, text }
    : { sequence: concatenation.sequence, text, providerId };

export const startSet = (part: PlacedPart, id: number, now: number): PartSet => ({
  id,
  from: part.from,
  to: part.to,
  width: part.concatenation.width,
  reference: part.concatenation.reference,
  total: part.concatenation.total,
  parts: [heldPart(part)],
  firstAt: now,
  lastAt: now,
  sentAt: part.sentAt,
});

export const addPart = (set: PartSet, part: PlacedPart, now: number): PartSet => ({
  ...set,
  parts: [...set.parts, heldPart(part)].toSorted((a, b) => a.sequence - b.sequence),
  lastAt: now,
  sentAt: part.sentAt === undefined ? set.sentAt : Math.max(part.sentAt, set.sentAt ?? 0),
});
