import { costsIn, countUnits } from './count-units.ts';
import type { Encoding } from './count-units.ts';
import { findCulprits } from './find-culprits.ts';
import type { Culprit } from './find-culprits.ts';
import { checkLimits, standardLimits } from './part-limits.ts';
import type { Alphabet, PartLimits, PartRoom, ReferenceWidth } from './part-limits.ts';
import { splitSeptets, splitUnits } from './split-into-segments.ts';
import type { Segment } from './split-into-segments.ts';

export type AnalyzeOptions = {
  /** Width of the concatenation reference; 8-bit unless told. */
  readonly reference?: ReferenceWidth;
  /** Keep what a reader takes for one character (a family emoji, CR LF) within one part. */
  readonly keepClusters?: boolean;
  /** A carrier's own way of counting, instead of the standard's. */
  readonly limits?: PartLimits;
};

/** What the sending of a text comes to. */
export type TextAnalysis = {
  /** 'GSM-7' stands for the carrier's 7-bit alphabet, which may be narrower than the standard's. */
  readonly encoding: Encoding;
  /** The parts in order; joined, their texts are the text. Empty text has none. */
  readonly segments: readonly Segment[];
  /** Units of all the text, headers not counted. */
  readonly units: number;
  /** Units left in the last segment, or in the first one to be when there is none. */
  readonly remaining: number;
  /** What forced UCS-2, in order; empty for GSM-7. */
  readonly culprits: readonly Culprit[];
};

type Count = Omit<TextAnalysis, 'culprits'>;

/**
 * `culprits` as a property that is worked out when first read and plain from then on, because most
 * readers want only the count. It is the object's own and enumerable: spreading, cloning and printing
 * the analysis read it.
 */
const culpritsOnDemand = (alphabet: Alphabet): PropertyDescriptor => ({
  configurable: true,
  enumerable: true,
  get(this: Count) {
    const value = findCulprits(this.segments.map(({ text }) => text).join(''), alphabet);
    Reflect.defineProperty(this, 'culprits', {
      configurable: true,
      enumerable: true,
      writable: true,
      value,
    });
    return value;
  },
});

const onDemand: Readonly<Record<Alphabet, PropertyDescriptor>> = {
  'gsm-7': culpritsOnDemand('gsm-7'),
  ascii: culpritsOnDemand('ascii'),
};

const addCulprits = (count: Count, { alphabet }: PartLimits): TextAnalysis =>
  Object.defineProperty(count, 'culprits', onDemand[alphabet]) as TextAnalysis;

const limitsIn = ({ limits, reference = '8-bit' }: AnalyzeOptions): PartLimits => {
  if (limits === undefined) return standardLimits[reference];
  checkLimits(limits);
  return limits;
};

const roomLeft = (segments: readonly Segment[], room: PartRoom): number =>
  (segments.length > 1 ? room.multi : room.single) - (segments.at(-1)?.units ?? 0);

const standard: AnalyzeOptions = {};

/**
 * Encoding, segments and cost of a text, and what makes it cost more. A code point is never cut, nor an
 * escape from its character; a grapheme cluster may be cut unless `keepClusters` is set, and then only
 * if it is longer than a part. A lone surrogate counts one unit and is sent as U+FFFD; the segments
 * hold it as written. Text is counted as it is: it is not normalised. Throws a RangeError on limits
 * that leave no room for a character.
 */
export function analyzeText(text: string, options: AnalyzeOptions = standard): TextAnalysis {
  const limits = limitsIn(options);
  const costs = costsIn(limits.alphabet);
  const septets = countUnits(text, costs);
  const room = septets < 0 ? limits.ucs2 : limits.gsm7;
  const cutting = { room, keepClusters: options.keepClusters ?? false };
  if (septets < 0) {
    const segments = splitUnits(text, cutting);
    const remaining = roomLeft(segments, room);
    return addCulprits({ encoding: 'UCS-2', segments, units: text.length, remaining }, limits);
  }
  const segments =
    septets === text.length
      ? splitUnits(text, cutting)
      : splitSeptets(text, { costs, units: septets }, cutting);
  const remaining = roomLeft(segments, room);
  return { encoding: 'GSM-7', segments, units: septets, remaining, culprits: [] };
}
