import { clusterAround } from './cluster-around.ts';
import type { PartRoom } from './part-limits.ts';

/** One part of a message as it is sent. */
export type Segment = {
  readonly text: string;
  /** Units its text takes: septets in GSM-7, 16-bit units in UCS-2. The header is not counted. */
  readonly units: number;
};

/** How to cut: the room there is, and whether a grapheme cluster may be cut between its code points. */
export type Cutting = { readonly room: PartRoom; readonly keepClusters: boolean };

/** Septets each UTF-16 unit costs, and those the whole text takes. */
export type Counted = { readonly costs: Uint8Array; readonly units: number };

const isPairAcross = (text: string, cut: number): boolean =>
  (text.charCodeAt(cut - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(cut) & 0xfc00) === 0xdc00;

/** The last place at or before `cut` where the text may be cut; always behind the segment's start. */
function allowedCut(text: string, cut: number, { room, keepClusters }: Cutting): number {
  const betweenCodePoints = isPairAcross(text, cut) ? cut - 1 : cut;
  if (!keepClusters) return betweenCodePoints;
  const cluster = clusterAround(text, cut);
  // A cluster that no part can hold has to be cut somewhere, so it may as well fill this one.
  return cluster.end - cluster.start > room.multi ? betweenCodePoints : cluster.start;
}

/**
 * Splits text in which every UTF-16 unit costs one unit: UCS-2, and GSM-7 without escapes. Only the
 * places of the cuts are looked at, so the cost is that of the segments, not of the characters.
 */
export function splitUnits(text: string, cutting: Cutting): Segment[] {
  if (text.length === 0) return [];
  if (text.length <= cutting.room.single) return [{ text, units: text.length }];
  const { multi } = cutting.room;
  // Room for them all at once, which halves the time: no part is bigger than this count assumes, so
  // none stays empty.
  // oxlint-disable-next-line unicorn/no-new-array -- a length is what is meant
  const segments = new Array<Segment>(Math.ceil(text.length / multi));
  let count = 0;
  let start = 0;
  while (text.length - start > multi) {
    const end = allowedCut(text, start + multi, cutting);
    segments[count] = { text: text.slice(start, end), units: end - start };
    count += 1;
    start = end;
  }
  segments[count] = { text: text.slice(start), units: text.length - start };
  return segments;
}

const isLineBreakAcross = (text: string, cut: number): boolean =>
  text[cut - 1] === '\r' && text[cut] === '\n';

/**
 * Splits GSM-7 text with escapes, whose pair is never parted: a part with one septet left before an
 * escaped character is closed short. CR LF is the only cluster this alphabet can form.
 */
export function splitSeptets(text: string, counted: Counted, cutting: Cutting): Segment[] {
  const { room, keepClusters } = cutting;
  if (counted.units <= room.single) return [{ text, units: counted.units }];
  const segments: Segment[] = [];
  let start = 0;
  let units = 0;
  for (let i = 0; i < text.length; i += 1) {
    const cost = counted.costs[text.charCodeAt(i)] ?? 0;
    if (units + cost > room.multi) {
      const end = keepClusters && isLineBreakAcross(text, i) ? i - 1 : i;
      segments.push({ text: text.slice(start, end), units: units - (i - end) });
      start = end;
      units = i - end;
    }
    units += cost;
  }
  segments.push({ text: text.slice(start), units });
  return segments;
}
