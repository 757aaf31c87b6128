import type { FailureKind, SendFailure } from '#shared/provider/send-failure.ts';

/** The carrier's codes by what they mean to us, from its error dictionary. */
const codesByKind: Readonly<Partial<Record<FailureKind, readonly number[]>>> = {
  credentials: [20003],
  'invalid-number': [21211, 21604],
  'not-allowed': [
    10001, 20404, 21212, 21268, 21408, 21601, 21603, 21606, 21608, 21612, 21660, 21661, 21703,
    21704, 21705, 30002, 30010, 30037, 30610, 30640, 35114, 35115, 35117, 35118, 35125,
  ],
  'opted-out': [21610],
  landline: [21614, 21635, 30006],
  'rate-limited': [20429, 21611, 30001, 30022, 30023, 30026, 30027, 30454, 63038],
  content: [21602, 21619],
  media: [11751, 21620, 21623, 30011, 30019],
  'too-long': [21605, 21617, 21658],
  unreachable: [30003],
  'unknown-number': [30005],
  filtered: [30004, 30007, 30450],
  'carrier-trouble': [30008, 30017],
  'not-registered': [30018, 30024, 30032, 30034, 30035, 30040],
  expired: [30012, 30036],
};

const kinds: ReadonlyMap<string, FailureKind> = new Map(
  Object.entries(codesByKind).flatMap(([kind, codes]) =>
    codes.map((code) => [String(code), kind as FailureKind] as const),
  ),
);

/** A complaint as answers, lists and callbacks give it. */
export type Complaint = {
  readonly code: number | string;
  readonly words?: string | null | undefined;
};

/** The carrier's complaint as a failure of ours; a code that is not known is `unmapped`. `raw` keeps code and words. */
export function failureOf({ code, words }: Complaint): SendFailure {
  const kind = kinds.get(String(code)) ?? 'unmapped';
  return { kind, raw: [code, words].filter((part) => part != null && part !== '').join(': ') };
}
